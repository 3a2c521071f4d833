import HTTP
import Operations
import Registration

/// A form with one file, of which the file's bytes are still to come.
struct SentFile: Sendable {
    /// The fields that stand before the file.
    var fields: [String: String]
    /// What its sender calls it; empty where none was chosen.
    var fileName: String
    fileprivate let upload: UploadReader

    /// The next bytes of the file; nil at its end.
    @Sendable func nextBytes() async throws -> [UInt8]? {
        guard case .bytes(let bytes)? = try await upload.next() else { return nil }
        return bytes
    }
}

/// An action of staff on a form with a file that is known to be theirs.
typealias StaffUploadHandler = @Sendable (Request, Parameters, SignedIn, SentFile) async throws -> Response

extension Site {
    /// As `staffForm` for a form with a file: who, before anything of it is read, and whether their own browser
    /// meant to send it, before anything of the file is. So the token stands before the file in the form.
    func staffUpload(_ least: Role, _ handler: @escaping StaffUploadHandler) -> Handler {
        staff(least) { request, parameters, signedIn in
            let sent = try await SentFile(request.upload)
            guard frontOfHouse.isFormToken(sent.fields["token"] ?? "", session: signedIn.token) else {
                return tryAgain(signedIn)
            }
            let response = try await handler(request, parameters, signedIn, sent)
            // What is not read is thrown away: a browser shows no answer before it has sent everything.
            while try await request.upload.next() != nil {}
            return response
        }
    }
}

extension SentFile {
    /// Reads to where the file begins, or to the form's end where there is none.
    fileprivate init(_ upload: UploadReader) async throws {
        fields = [:]
        fileName = ""
        self.upload = upload
        while let piece = try await upload.next() {
            switch piece {
            case .field(let name, let value): fields[name] = value
            case .file(_, let fileName):
                self.fileName = fileName
                return
            case .bytes: break
            }
        }
    }
}
