import Foundation
import TestKit
import Testing

@testable import Datasets

@Suite struct `names of files with stars` {
  @Test(arguments: [
    ("a.jsonl", "*.jsonl", true), ("a.jsonl", "a?jsonl", true), ("a.jsonl", "*.json", false), ("", "*", true),
    ("test-01", "test-[0-9][0-9]", true), ("test-0x", "test-[0-9][0-9]", false), ("ab", "a[!b]", false),
    ("ac", "a[!b]", true), ("aXbXc", "*X*c", true), ("aXbXd", "*X*c", false), ("a]", "a[]]", true),
    ("日本.csv", "日?.csv", true), ("a", "a[", false), ("aaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*c", false),
  ])
  func `a star stands for any letters`(_ name: String, _ pattern: String, _ fits: Bool) {
    #expect(Folder.isMatch(Array(name.unicodeScalars)[...], Array(pattern.unicodeScalars)[...]) == fits)
  }

  @Test func `folders may be starred too, and two stars are any depth`() throws {
    try temporaryFolder { folder in
      for path in ["a/x.csv", "b/x.csv", "b/c/x.csv", "b/c/y.txt", "x.csv", ".hidden/x.csv"] {
        try folder.write("", to: path)
      }
      func found(_ pattern: String) -> [String] {
        Folder.matches("\(folder.path)/\(pattern)").map { String($0.dropFirst(folder.path.count + 1)) }
      }
      #expect(found("*/x.csv") == ["a/x.csv", "b/x.csv"])
      #expect(found("**/x.csv") == ["x.csv", "a/x.csv", "b/x.csv", "b/c/x.csv"])
      #expect(found("b/**") == ["b/x.csv", "b/c/x.csv", "b/c/y.txt"])
      #expect(found("b/c/y.txt") == ["b/c/y.txt"])
      #expect(found("[ab]") == [])
    }
  }
}
