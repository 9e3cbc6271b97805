import Datasets
import Diagnostics
import Exchange
import Foundation
import Lint
import TaskDSL
import TestKit
import Testing
import YAML

/// Whatever stands in a file, looking at it and repairing it ends well.
@Suite struct `files that are changed at random` {
  private static let files = `files with one fault`.sound

  private static func request(_ file: SoundFile, _ text: String) -> LintRequest {
    var request = LintRequest()
    request.files = [file.path]
    request.isUsingSettingsFiles = false
    request.texts[file.path] = text
    return request
  }

  /// One change of some bytes: cut, turned, put in, taken out, or a line twice or elsewhere.
  private static func changed(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    guard !bytes.isEmpty else { return bytes }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: bytes.insert(random.pick(Array("{}[]()%#:-!&*|>'\"\\\n\t ,?$^+".utf8)), at: place)
    case 3: bytes.remove(at: place)
    case 4: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
    case 5: bytes.replaceSubrange(place..<min(place + 3, bytes.count), with: [0xEF, 0xBB, 0xBF])
    default:
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let line = random.pick(lines)
      lines.insert(line, at: Int.random(in: 0...lines.count, using: &random))
      bytes = Array(lines.joined(separator: [0x0A]))
    }
    return bytes
  }

  @Test(arguments: 0..<12)
  func `do not crash the linter`(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for file in Self.files {
      for _ in 0..<12 {
        var bytes = Array(file.text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) { bytes = Self.changed(bytes, &random) }
        let text = String(decoding: bytes, as: UTF8.self)
        let report = Linter().check(Self.request(file, text))
        for finding in report.findings {
          guard let source = report.sources[finding.span.source] else { continue }
          let length = UInt32(source.text.utf8.count)
          #expect(finding.span.start <= length && finding.span.end <= length, "\(finding.code.name) \(text)")
          _ = finding.terminal(in: report.sources)
        }
      }
    }
  }

  /// The same for the languages inside: only the bytes of a template or pattern change.
  @Test(arguments: 0..<12)
  func `do not crash what reads templates and patterns`(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed) + 100)
    for file in Self.files {
      for entry in [file.entry("doc_to_text"), file.pattern, file.entry("doc_to_target")].compactMap(\.self) {
        guard let inner = entry.value.text?.text, entry.value.tag == nil else { continue }
        for _ in 0..<10 {
          let bytes = Self.changed(Array(inner.utf8), &random)
          let written = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
            scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
              ? "\\x" + String(scalar.value + 0x100, radix: 16).suffix(2) : String(scalar)
          }
          let text = file.replacing(entry.value.span, with: "\"" + written.joined() + "\"", words: []).text
          let report = Linter().check(Self.request(file, text))
          for finding in report.findings { _ = finding.terminal(in: report.sources) }
        }
      }
    }
  }

  // MARK: - Repairs

  /// What is asked, where the task can be compiled.
  private static func graph(_ file: SoundFile, _ text: String) -> String? {
    var index = TaskIndex()
    index.overlay(file.path, with: text)
    var findings = Findings()
    let members = index.select([file.path], &findings)
    let store = DatasetStore(mirrors: [], workingDirectory: file.folder)
    guard !file.isGroup, !findings.hasErrors else { return nil }
    var compiler = TaskCompiler(datasets: store)
    compiler.parts.functions = .noted
    let plan = compiler.compile(members, &findings)
    return findings.hasErrors ? nil : plan.map { RequestHashes($0.graph).whole }
  }

  @Test(arguments: Fault.all)
  func `stay what they were under safe fixes, which leave nothing to do`(_ fault: Fault) {
    for (number, file) in Self.files.enumerated() where file.path.contains("/Sound/") {
      var random = SeededRandom(seed: UInt64(number))
      guard let seeded = fault.seed(file, &random), seeded.others.isEmpty, seeded.path == nil else {
        continue
      }
      for isUnsafe in [false, true] {
        let once = Linter().fixed(Self.request(file, seeded.text), isUnsafe: isUnsafe)
        guard let fixed = once.texts[file.path] else { continue }
        let twice = Linter().fixed(Self.request(file, fixed), isUnsafe: isUnsafe)
        #expect((twice.texts[file.path] ?? fixed) == fixed, "\(fault.kind) in \(file.path)")
        // A fix touches what is wrong: comments and other lines stay.
        let comments = file.text.split(separator: "\n").filter { $0.hasPrefix("#") }
        #expect(comments.allSatisfy { fixed.contains($0) }, "\(fault.kind) in \(file.path)")
        guard !isUnsafe, file.root["process_docs"] == nil,
          file.entry("dataset_path")?.value.text?.text == "json",
          let before = Self.graph(file, seeded.text)
        else { continue }
        #expect(Self.graph(file, fixed) == before, "\(fault.kind) in \(file.path)")
      }
    }
  }
}
