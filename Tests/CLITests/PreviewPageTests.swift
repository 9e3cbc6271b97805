import Foundation
import TestKit
import Testing
import Values

/// The page of `preview --format html`, over rows that try to break out of it.
@Suite struct `the page of previews` {
  private static let cases = repositoryRoot.appending(path: "Tests/CLITests/Cases/preview")

  private func page(_ arguments: String) async throws -> String {
    let outcome = try await Program.shell("assay preview \(arguments) --format html", in: Self.cases)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.output
  }

  @Test func `keeps markup in a row as text`() async throws {
    let page = try await page("--tasks odd.yaml --limit 2 --answer '<script>alert(3)</script>'")
    #expect(page.ranges(of: "<script").count == 1)
    #expect(page.ranges(of: "</script").count == 1)
    #expect(!page.contains("<img"))
    #expect(!page.contains("<b>bold"))
    #expect(
      page.contains(
        "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot; &#39;single&#39;"))
    #expect(page.contains("&lt;script&gt;alert(2)&lt;/script&gt;"))
    #expect(page.contains("&lt;script&gt;alert(3)&lt;/script&gt;"))
  }

  @Test func `escapes its title, which is what was asked for`() async throws {
    let folder = "<b onclick=x>"
    let outcome = try await temporaryFolder { place in
      try FileManager.default.copyItem(at: Self.cases, to: place.appending(path: folder))
      return try await Program.shell("assay preview --tasks '\(folder)/sums.yaml' --format html", in: place)
    }
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains(folder))
    #expect(outcome.output.contains("<h1>&lt;b onclick=x&gt;/sums.yaml</h1>"))
  }

  @Test func `takes nothing from elsewhere`() async throws {
    let page = try await page("--tasks rivers.yaml --limit 3")
    #expect(page.contains("default-src 'none'"))
    for word in ["src=", "@import", "url(", "href=\"http", "<link", "fetch("] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `says what all its forms say`() async throws {
    let page = try await page("--tasks rivers.yaml --limit 3")
    #expect(page.ranges(of: "<article>").count == 3)
    #expect(page.contains("example 2 · row 1 of train · <em>the evaluated row itself</em>"))
    #expect(page.contains("Rivers and the seas they flow into."))
    #expect(page.ranges(of: "<li class=\"right\">").count == 3)
  }

  @Test func `shows two versions side by side`() async throws {
    let page = try await page("--tasks sums_new.yaml --diff sums.yaml --limit 2")
    #expect(page.ranges(of: "<article>").count == 2)
    #expect(page.contains("generation_kwargs.max_gen_toks"))
    #expect(page.contains("<mark class=\"t\">"))
  }
}
