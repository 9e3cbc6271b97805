/// What every page of previews has around its content.
struct PageFrame {
  let title: String
  let showsSpace: Bool

  /// - Parameters:
  ///   - tools: controls beside those that every page has, as HTML.
  ///   - head: what stands below them, as HTML.
  ///   - body: the content, as lines of HTML.
  func html(tools: String, head: String = "", body: [String]) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Self.escaped(title)) · preview</title>
    <style>
    \(PreviewStyle.css)
    </style>
    </head>
    <body>
    <header>
    <h1>\(Self.escaped(title))</h1>
    <div class="tools">
    <input type="search" id="find" placeholder="Find in the prompts" aria-label="Find in the prompts">
    <span id="found" role="status"></span>
    <label><input type="checkbox" id="space"\(showsSpace ? " checked" : "")> white space</label>
    \(tools)
    </div>
    \(head)
    </header>
    <main>
    \(body.joined(separator: "\n"))
    </main>
    <script>
    \(PreviewScript.javaScript)
    </script>
    </body>
    </html>

    """
  }

  /// The text with nothing in it that a browser would act on.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in VisibleText(showsSpace: false)(text).unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
