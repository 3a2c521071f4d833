/// Named texts in their order, as `application/x-www-form-urlencoded` carries them; a name may come again.
public struct FormFields: Hashable, Sendable {
    public static let maximumFields = 2_000
    /// A form's own limit, also where a route's body may be larger.
    public static let maximumBytes = 1 << 20

    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var fields: [Field] = []

    public init() {}

    public init(_ fields: [Field]) {
        self.fields = fields
    }

    /// Throws 400 for wrong percent-encoding or what is not UTF-8, 413 past the limits.
    public init(parsing bytes: [UInt8]) throws(RequestError) {
        let result = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(RequestError) in try FormFields(parsing: bytes) }
        }
        self = try result.get()
    }

    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(RequestError) {
        guard bytes.count <= FormFields.maximumBytes else {
            throw .contentTooLarge(limitBytes: FormFields.maximumBytes)
        }
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if end > start {
                guard fields.count < FormFields.maximumFields else {
                    throw RequestError(
                        .contentTooLarge, "At most \(FormFields.maximumFields) fields may be sent.")
                }
                fields.append(try FormFields.field(in: bytes[start..<end]))
            }
            start = end + 1
        }
    }

    private static func field(
        in bytes: Slice<UnsafeBufferPointer<UInt8>>
    ) throws(RequestError) -> Field {
        let equals = bytes.firstIndex(of: UInt8(ascii: "="))
        let name = UnsafeBufferPointer(rebasing: bytes[..<(equals ?? bytes.endIndex)])
        let value = UnsafeBufferPointer(rebasing: bytes[(equals.map { $0 + 1 } ?? bytes.endIndex)...])
        return Field(
            name: try PercentEncoding.decode(name, plusIsSpace: true),
            value: try PercentEncoding.decode(value, plusIsSpace: true))
    }

    /// The first value of the name, or nil.
    public subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Every value of the name, in order.
    public func all(_ name: String) -> [String] {
        fields.lazy.filter { $0.name == name }.map(\.value)
    }

    public var isEmpty: Bool { fields.isEmpty }

    /// As a query or a form's body carries them.
    public var encoded: String {
        fields.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }
}
