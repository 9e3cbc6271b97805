import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

@Suite struct `includes` {
  @Test func `are laid over one another, the file's own keys last and whole`() throws {
    let files = [
      "shared/first": "a: 1\nb: 1\nmetadata: {version: 1, from: first}\ntask_list: [x]\n",
      "shared/second": "b: 2\nc: 2\n",
      "t.yaml": "include: [shared/first, shared/second]\ntask: t\nc: 3\nmetadata: {version: 2}\n",
    ]
    try Bench.with(files) { bench in
      let node = try #require(bench.index().entries["t"]?.node)
      #expect(node["a"]?.value == 1)
      #expect(node["b"]?.value == 2)
      #expect(node["c"]?.value == 3)
      #expect(node["metadata"]?.value == ["version": 2])
      #expect(node["include"] == nil)
      #expect(node["task_list"] == nil)
    }
  }

  @Test func `are found from the folder of the file that contains them`() throws {
    let files = [
      "base": "x: outer\n", "deep/base": "x: inner\ny: deep\n", "deep/middle": "include: base\n",
      "up": "include: deep/middle\n", "deep/er/t.yaml": "include: ../../up\ntask: t\n",
      "deep/er/u.yaml": "include: [../base, ../../base]\ntask: u\n",
    ]
    try Bench.with(files) { bench in
      let index = bench.index()
      #expect(index.entries["t"]?.node?["x"]?.value == "inner")
      #expect(index.entries["u"]?.node?["x"]?.value == "outer")
      #expect(index.entries["u"]?.node?["y"]?.value == "deep")
    }
  }

  @Test func `may be absolute`() throws {
    try Bench.with(["base": "x: 1\n"]) { bench in
      try bench.folder.write("include: \(bench.folder.path)/base\ntask: t\n", to: "tasks/t.yaml")
      #expect(bench.index("tasks").entries["t"]?.node?["x"]?.value == 1)
    }
  }

  @Test func `that share a base are no circle`() throws {
    let files = [
      "base": "x: 1\ny: 1\n", "left": "include: base\ny: 2\n", "right": "include: base\nz: 3\n",
      "t.yaml": "include: [left, right]\ntask: t\n",
    ]
    try Bench.with(files) { bench in
      let index = bench.index()
      #expect(index.broken.isEmpty)
      let node = try #require(index.entries["t"]?.node)
      // The right branch brings the base's value back, as laying mapping over mapping has it.
      #expect(node["y"]?.value == 1)
      #expect(node["z"]?.value == 3)
    }
  }

  @Test func `that lead back are a circle, and the tasks beside it are there`() throws {
    let files = [
      "a.yaml": "include: b.yaml\ntask: a\n", "b.yaml": "include: c.yaml\n", "c.yaml": "include: a.yaml\n",
      "self.yaml": "include: self.yaml\ntask: self\n", "whole.yaml": "task: whole\n",
    ]
    try Bench.with(files) { bench in
      let index = bench.index()
      #expect(
        Set(index.broken.map { $0.path.split(separator: "/").last ?? "" }).isSuperset(of: [
          "a.yaml", "self.yaml",
        ]))
      #expect(index.broken.allSatisfy { $0.findings.all.contains { $0.code == "include-cycle" } })
      #expect(index.names == ["whole"])
    }
  }

  @Test func `of inline members are resolved`() throws {
    let files = [
      "shared/base": "dataset_path: json\ndescription: shared\n",
      "g.yaml": "group: g\ntask:\n  - include: shared/base\n    task: own\n    doc_to_text: x\n",
    ]
    try Bench.with(files) { bench in
      let (members, messages) = bench.select("g")
      #expect(messages.isEmpty)
      #expect(members.map(\.outline) == ["g[g::own]"])
      #expect(members[0].leaves[0].value("description") == "shared")
      #expect(members[0].leaves[0].value("doc_to_text") == "x")
    }
  }
}
