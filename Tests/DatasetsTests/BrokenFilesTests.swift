import Diagnostics
import Foundation
import Schema
import TestKit
import Testing
import YAML

@testable import Datasets

@Suite struct `broken files` {
  static let files: [URL] = {
    let all = FileManager.default.enumerator(at: Expected.fixtures, includingPropertiesForKeys: nil)
    let urls = (all?.compactMap { $0 as? URL } ?? []).filter {
      Format.endings.contains($0.pathExtension) && $0.lastPathComponent != "expected.jsonl"
    }
    return urls.sorted { $0.path < $1.path }
  }()

  @Test func `a file cut at any byte gives whole rows or an error that names it`() throws {
    #expect(Self.files.count > 100)
    let span = SourceSpan(source: SourceID(index: 0), start: 0, end: 0)
    var findings = Findings()
    let options = try #require(ReaderOptions.schema.decode(Node(.mapping([]), at: span), &findings))
    var refused = 0
    for file in Self.files {
      let format = try options.format(file.pathExtension)
      for cut in cuts(of: [UInt8](try Data(contentsOf: file))) {
        do throws(DataError) {
          let table = try format.table(DataFile(name: "FILE", bytes: cut))
          #expect(
            table.rows.allSatisfy { $0.count == table.columns.count }, "\(cut.count) bytes of \(file.path)")
        } catch {
          refused += 1
          #expect(error.message.hasPrefix("FILE:"), "\(cut.count) bytes of \(file.path)")
        }
      }
    }
    #expect(refused > 1000)
  }
}
