import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

@Suite struct `groups` {
  static let files = [
    "a.yaml": "task: a\ntag: letters\ndataset_path: json\nnum_fewshot: 1\ndescription: own\n",
    "b.yaml": "task: b\ntag: [letters, late]\ndataset_path: json\n",
    "c.yaml": "task: c\ndataset_path: json\n",
    "inner.yaml": "group: inner\ntask: [a, b]\nnum_fewshot: 2\ndescription: inner\n",
    "outer.yaml": "group: outer\ntask:\n  - inner\n  - c\nnum_fewshot: 3\n",
  ]

  private static func with(_ more: String, _ body: (Bench) throws -> Void) throws {
    try Bench.with(files.merging(["g.yaml": more]) { $1 }, body)
  }

  private static func shots(_ member: Member) -> [String: Value] {
    Dictionary(member.leaves.map { ($0.name, $0.value("num_fewshot") ?? .null) }) { $1 }
  }

  @Test func `hold tasks, groups and tags, and lay their settings over them`() throws {
    try Bench.with(Self.files) { bench in
      let (members, messages) = bench.select("outer", "letters")
      #expect(messages == ["conflicting-task a.yaml:1", "conflicting-task b.yaml:1"])
      #expect(members.map(\.outline) == ["outer[inner[a b] c]"])
      let outer = try #require(members.first)
      // Outer settings beat inner ones, which beat the file's.
      #expect(Self.shots(outer) == ["a": 3, "b": 3, "c": 3])
      #expect(outer.leaves.map { $0.value("description") } == ["inner", "inner", nil])
    }
  }

  @Test func `named under task with settings keep all their tasks`() throws {
    try Self.with(
      "group: g\ntask:\n  - task: inner\n    num_fewshot: 7\n  - task: late\n    num_fewshot: 8\n"
    ) {
      bench in
      let (members, messages) = bench.select("g")
      #expect(members.map(\.outline) == ["g[inner[a b] b]"])
      // One task with two settings cannot be reported under one name.
      #expect(messages == ["conflicting-task b.yaml:1"])
      #expect(members[0].leaves.map { $0.value("num_fewshot") } == [7, 7, 8])
    }
  }

  @Test func `take an alias and numbers of their own from a reference, and their tasks do not`() throws {
    let more = """
      group: g
      task:
        - group: inner
          group_alias: Inner one
          aggregate_metric_list: [{metric: acc}]
          num_fewshot: 9
      """
    try Self.with(more) { bench in
      let (members, messages) = bench.select("g")
      #expect(messages.isEmpty)
      guard case .group(let outer) = members[0], case .group(let inner) = outer.members[0] else {
        Issue.record("no group in the group")
        return
      }
      #expect(inner.node["group_alias"]?.value == "Inner one")
      #expect(inner.node["aggregate_metric_list"] != nil)
      #expect(inner.members.flatMap(\.leaves).map { $0.value("num_fewshot") } == [9, 9])
      #expect(inner.members.flatMap(\.leaves).allSatisfy { $0.value("group_alias") == nil })
    }
  }

  @Test func `may be written inside a group`() throws {
    let more = """
      group: g
      task:
        - group: part
          task: [a, {task: c, description: told}]
        - {task: fresh, dataset_path: json}
      num_fewshot: 4
      """
    try Self.with(more) { bench in
      let (members, messages) = bench.select("g")
      #expect(messages.isEmpty)
      #expect(members.map(\.outline) == ["g[g::part[a c] g::fresh]"])
      #expect(Self.shots(members[0]) == ["a": 4, "c": 4, "g::fresh": 4])
      #expect(members[0].leaves[1].value("description") == "told")
    }
  }

  @Test func `can be named by their file`() throws {
    try Bench.with(Self.files) { bench in
      let (members, messages) = bench.select("./outer.yaml")
      #expect(messages.isEmpty)
      #expect(members.map(\.outline) == ["outer[inner[a b] c]"])
      #expect(Self.shots(members[0]) == ["a": 3, "b": 3, "c": 3])
    }
  }

  @Test func `that hold themselves are reported once and end`() throws {
    try Self.with("group: g\ntask: [h, c]\n") { bench in
      try bench.folder.write("group: h\ntask: [g, a]\n", to: "h.yaml")
      let (members, messages) = bench.select("g")
      #expect(messages == ["group-cycle g.yaml:1"])
      #expect(members.map(\.outline) == ["g[h[a] c]"])
    }
  }

  @Test func `say which members are unknown`() throws {
    try Self.with(
      "group: g\ntask:\n  - aa\n  - task: bb\n    num_fewshot: 1\n  - 3\n  - [a]\n  - num_fewshot: 1\n"
    ) {
      bench in
      #expect(
        bench.select("g").messages
          == [
            "unknown-member g.yaml:3", "unknown-member g.yaml:4", "wrong-type g.yaml:6",
            "wrong-type g.yaml:7",
            "missing-key g.yaml:8",
          ].map { $0.replacing("wrong-type g.yaml:6", with: "wrong-type g.yaml:6") })
    }
  }

  @Test func `without members are reported`() throws {
    try Self.with("group: g\n") { bench in
      #expect(bench.select("g").messages == ["missing-key g.yaml:1"])
    }
  }
}
