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
      return "::\(command) file=\(Self.property(place.file)),line=\(place.line),col=\(place.column),"
        + "endLine=\(place.endLine)\(end),title=\(Self.property(finding.code.name))::\(Self.data(message))\n"
    }.joined()
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// GitLab's code quality report.
  var gitlab: String {
    var seen: [String: Int] = [:]
    let all = findings.map { finding -> Value in
      let place = place(of: finding)
      // The line is left out, so that a finding stays the same when others move it; equal ones are counted.
      let key = "\(finding.code.name)\u{0}\(place.file)\u{0}\(finding.message)"
      let count = seen[key, default: 0]
      seen[key] = count + 1
      let severity =
        switch finding.severity {
        case .error: "major"
        case .warning: "minor"
        case .note: "info"
        }
      return [
        "description": .string(finding.message), "check_name": .string(finding.code.name),
        "fingerprint": .string(String(sha256(key + "\u{0}\(count)").prefix(32))),
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
    out += "<testsuites name=\"assay lint\" tests=\"\(findings.count)\" failures=\"\(findings.count)\">\n"
    for (file, findings) in byFile {
      let count = findings.count
      out += "  <testsuite name=\"\(Self.xml(file))\" tests=\"\(count)\" failures=\"\(count)\">\n"
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
      case let it where it.value < 0x20: out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
