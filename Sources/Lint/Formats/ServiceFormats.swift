import Diagnostics
import Exchange
import Values

extension LintReport {
  /// Workflow commands of GitHub Actions, which show up beside the changed lines.
  var github: String {
    findings.map { finding in
      let place = place(of: finding)
      let command = finding.severity == .note ? "notice" : finding.severity.rawValue
      let message = [finding.message, finding.help].compactMap(\.self).joined(separator: "\n")
      // The end column is of use only on one line.
      let end = place.endLine == place.line ? ",endColumn=\(place.endColumn)" : ""
      let properties =
        isInFile(finding)
        ? "file=\(Self.property(place.file)),line=\(place.line),col=\(place.column),"
          + "endLine=\(place.endLine)\(end),"
        : ""
      return "::\(command) \(properties)title=\(Self.property(finding.code.name))::\(Self.data(message))\n"
    }.joined()
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// What each finding is known by from one run to the next.
  ///
  /// The line is left out, so that a finding stays the same when others move it; equal ones are counted.
  var fingerprints: [String] {
    var seen: [String: Int] = [:]
    return findings.map { finding in
      let key = "\(finding.code.name)\u{0}\(file(of: finding))\u{0}\(finding.message)"
      let count = seen[key, default: 0]
      seen[key] = count + 1
      return String(sha256(key + "\u{0}\(count)").prefix(32))
    }
  }

  /// Whether it is about a file, and not about what was named on the command line.
  func isInFile(_ finding: Diagnostic) -> Bool {
    let name = file(of: finding)
    return !name.isEmpty && !name.hasPrefix("--") && !name.hasPrefix("<")
  }

  /// GitLab's code quality report.
  var gitlab: String {
    let all = zip(findings, fingerprints).map { finding, fingerprint -> Value in
      let place = place(of: finding)
      let severity =
        switch finding.severity {
        case .error: "major"
        case .warning: "minor"
        case .note: "info"
        }
      return [
        "description": .string(finding.message), "check_name": .string(finding.code.name),
        "fingerprint": .string(fingerprint),
        "severity": .string(severity),
        "location": [
          "path": .string(place.file),
          "positions": [
            "begin": ["line": .int(place.line), "column": .int(place.column)],
            "end": ["line": .int(place.endLine), "column": .int(place.endColumn)],
          ],
        ],
      ]
    }
    return Value.list(all).json(indent: 2) + "\n"
  }

  /// A report as test runners write it, a suite for each file.
  var junit: String {
    var byFile: [(file: String, findings: [Diagnostic])] = []
    for finding in findings {
      let file = file(of: finding)
      if byFile.last?.file == file {
        byFile[byFile.count - 1].findings.append(finding)
      } else {
        byFile.append((file, [finding]))
      }
    }
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    // A report without any test is taken for a broken one.
    let tests = max(1, findings.count)
    out +=
      "<testsuites name=\"assay lint\" tests=\"\(tests)\" failures=\"\(findings.count)\" errors=\"0\">\n"
    if findings.isEmpty {
      out += """
          <testsuite name="assay lint" tests="1" failures="0" errors="0">
            <testcase name="nothing found" classname="assay lint"/>
          </testsuite>

        """
    }
    for (file, findings) in byFile {
      let count = findings.count
      out +=
        "  <testsuite name=\"\(Self.xml(file))\" tests=\"\(count)\" failures=\"\(count)\" errors=\"0\">\n"
      for finding in findings {
        let place = place(of: finding)
        out +=
          "    <testcase name=\"\(finding.code.name)\" classname=\"\(Self.xml(file))\" line=\"\(place.line)\">\n"
        out +=
          "      <failure type=\"\(finding.severity.rawValue)\" message=\"\(Self.xml(finding.message))\">"
        out += "\(Self.xml(file)):\(place.line):\(place.column)"
        out += finding.help.map { "\n\(Self.xml($0))" } ?? ""
        out += "</failure>\n    </testcase>\n"
      }
      out += "  </testsuite>\n"
    }
    return out + "</testsuites>\n"
  }

  private static func xml(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t": out += "&#9;"
      // Other control characters cannot stand in XML at all.
      case let it where it.value < 0x20 || it.value == 0xFFFE || it.value == 0xFFFF: out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
