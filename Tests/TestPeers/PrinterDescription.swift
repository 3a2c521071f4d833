/// The text of a PPD file, as `ippeveprinter -P` takes it to know which sizes it has.
func printerDescription(_ papers: [VirtualIPPPrinter.Paper]) -> String {
    let sizes = papers.map { paper in
        let name = "w\(Int(paper.width))h\(Int(paper.height))"
        return (name: name, width: points(paper.width), height: points(paper.height))
    }
    let first = sizes.first?.name ?? ""
    func option(_ keyword: String) -> String {
        "*OpenUI *\(keyword)/Media Size: PickOne\n*OrderDependency: 10 AnySetup *\(keyword)\n"
            + "*Default\(keyword): \(first)\n"
            + sizes.map {
                "*\(keyword) \($0.name)/\($0.name): \"<</PageSize[\($0.width) \($0.height)]>>setpagedevice\"\n"
            }.joined() + "*CloseUI: *\(keyword)\n"
    }
    return header + option("PageSize") + option("PageRegion") + "*DefaultImageableArea: \(first)\n"
        + sizes.map { "*ImageableArea \($0.name)/\($0.name): \"0 0 \($0.width) \($0.height)\"\n" }.joined()
        + "*DefaultPaperDimension: \(first)\n"
        + sizes.map { "*PaperDimension \($0.name)/\($0.name): \"\($0.width) \($0.height)\"\n" }.joined()
        + "*DefaultFont: Courier\n"
}

/// Millimetres as points, 72 an inch, in hundredths.
private func points(_ millimetres: Double) -> Double {
    (millimetres / 25.4 * 7_200).rounded() / 100
}

private let header = """
    *PPD-Adobe: "4.3"
    *FormatVersion: "4.3"
    *FileVersion: "1.0"
    *LanguageVersion: English
    *LanguageEncoding: ISOLatin1
    *PCFileName: "BADGES.PPD"
    *Manufacturer: "Lanyard"
    *Product: "(Badges)"
    *ModelName: "Lanyard Badges"
    *ShortNickName: "Lanyard Badges"
    *NickName: "Lanyard Badges, 1.0"
    *PSVersion: "(3010.000) 0"
    *LanguageLevel: "3"
    *ColorDevice: True
    *DefaultColorSpace: RGB
    *FileSystem: False
    *Throughput: "60"
    *LandscapeOrientation: Plus90
    *TTRasterizer: Type42
    *DefaultResolution: 300dpi

    """
