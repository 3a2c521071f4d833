import HTTP

extension AttendeePage {
    /// What has just been done, as the address says that the form led to.
    enum News: String, CaseIterable {
        /// They come straight from the form.
        case new
        case changed
        /// A new address was asked for and is to be confirmed.
        case asked

        init?(_ request: Request) {
            guard let news = News.allCases.first(where: { request.query[$0.rawValue] != nil }) else {
                return nil
            }
            self = news
        }

        var words: (title: String, sentence: String) {
            switch self {
            case .new:
                ("You are registered", "Show the QR code at the entrance, on your phone or on paper.")
            case .changed: ("Your change is saved", "This is what you have now.")
            case .asked:
                (
                    "Look at your e-mail",
                    "We have written to your new address. Open the link there and say that the address is yours: it "
                        + "counts from then on. Everything else is saved."
                )
            }
        }
    }
}
