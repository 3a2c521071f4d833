internal import CPango
internal import CRsvg

/// What is the same on every badge of a template, as librsvg has read it.
///
/// A handle may be used by any thread, but by one at a time ("Thread safety" in librsvg's manual of
/// `RsvgHandle`), so each rendering borrows one.
final class Artwork: @unchecked Sendable {  // Used by one thread at a time: only `Pool` hands it out.
    private let handle: UnsafeMutablePointer<RsvgHandle>

    /// Reads nothing but the bytes: without a base, librsvg resolves no reference to a file.
    init(svg: [UInt8]) throws(BadgeError) {
        var error: UnsafeMutablePointer<GError>?
        guard let handle = rsvg_handle_new_from_data(svg, gsize(svg.count), &error) else {
            throw BadgeError(error)
        }
        self.handle = handle
    }

    deinit {
        g_object_unref(handle)
    }

    /// Draws it from (0, 0) on, that large in the surface's units.
    func draw(on surface: OpaquePointer, width: Double, height: Double) throws(BadgeError) {
        var viewport = RsvgRectangle(x: 0, y: 0, width: width, height: height)
        var error: UnsafeMutablePointer<GError>?
        guard rsvg_handle_render_document(handle, surface, &viewport, &error) != 0 else {
            throw BadgeError(error)
        }
    }
}

extension BadgeError {
    /// Frees the error.
    fileprivate init(_ error: UnsafeMutablePointer<GError>?) {
        self = .drawing(
            error.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "librsvg said no more")
        if let error { g_error_free(error) }
    }
}
