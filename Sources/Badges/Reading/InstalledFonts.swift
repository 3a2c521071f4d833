internal import CPango

/// The families of fonts that can be drawn with; found out once, as Pango looks for them once.
public enum InstalledFonts {
    /// Looks for them if nobody has yet, which takes some hundredths of a second; blocks its thread until they are
    /// found. Any thread may ask for templates meanwhile.
    public static func find() { _ = names }

    /// Those that stand for whatever is there.
    private static let generic: Set<String> = [
        "serif", "sans-serif", "sans", "monospace", "cursive", "fantasy", "system-ui",
    ]

    private static let names: Set<String> = {
        let fontMap = pango_cairo_font_map_new()
        defer { g_object_unref(fontMap) }
        var families: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
        var count: Int32 = 0
        pango_font_map_list_families(fontMap, &families, &count)
        defer { g_free(families) }
        return Set(
            (0..<Int(count)).compactMap { index in
                pango_font_family_get_name(families?[index]).map { String(cString: $0).lowercased() }
            })
    }()

    /// Whether one family of a list as `font-family` has it is there.
    static func have(anyOf list: String) -> Bool {
        families(of: list).contains { generic.contains($0) || names.contains($0) }
    }

    /// What is wrong with a list of which none is there.
    static func mistake(_ list: String) -> String {
        "font-family “\(list.prefix(60))” is not installed here; install it or name another"
    }

    private static func families(of list: String) -> [String] {
        list.split(separator: ",").map { name in
            name.filter { $0 != "'" && $0 != "\"" }.trimmingSpaces.lowercased()
        }
    }
}
