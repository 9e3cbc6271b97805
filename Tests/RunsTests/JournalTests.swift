import Exchange
import Foundation
import Runs
import TestKit
import Testing
import Values

@Suite struct `the journal` {
  private static let header = JournalHeader(
    identity: ["backend": "test", "answers": ["seed": 1]], plan: "plan", requestCount: 40, startedAt: 1_000)

  private static let entries: [(key: RequestKey, kept: KeptAnswer)] = (0..<40).compactMap { number in
    let answer: Answer =
      switch number % 4 {
      case 0: .loglikelihood(-Double(number) / 3, isGreedy: number % 8 == 0)
      case 1: .rolling(number == 1 ? -.infinity : -Double(number) / 7)
      case 2: .text("line \(number)\n\"quoted\" — \u{0}\u{1F600}")
      default: .text("")
      }
    let note: AnswerNote? = number % 4 == 3 ? .empty : number % 10 == 2 ? .truncated : nil
    return RequestKey(sha256("\(number)")).map { ($0, KeptAnswer(answer, note: note)) }
  }

  private func written(to path: String) throws {
    let journal = try Journal(path: path, header: Self.header)
    for (key, kept) in Self.entries { try journal.add(key, kept) }
    try journal.synchronize()
  }

  private func read(_ path: String) throws -> (known: [RequestKey: KeptAnswer], journal: Journal) {
    var known: [RequestKey: KeptAnswer] = [:]
    let journal = try Journal(path: path, header: Self.header) { known[$0] = $1 }
    return (known, journal)
  }

  private static let whole = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.kept) })

  @Test func `gives back what was written`() throws {
    try temporaryFolder { folder in
      let path = folder.path + "/j.jsonl"
      try written(to: path)
      let (known, journal) = try read(path)
      #expect(known == Self.whole)
      #expect(known.count == 40)
      #expect(journal.damage == nil)
      #expect(journal.earlier == 1_000)
      #expect(journal.header.identityHash == Self.header.identityHash)
    }
  }

  @Test func `drops a last line cut at any byte, says so, and goes on`() throws {
    try temporaryFolder { folder in
      let path = folder.path + "/j.jsonl"
      try written(to: path)
      let bytes = try Data(contentsOf: URL(filePath: path))
      let last = try #require(bytes.dropLast().lastIndex(of: 0x0A))
      for end in (last + 2)..<bytes.count {
        try bytes[..<end].write(to: URL(filePath: path))
        do {
          let (known, journal) = try read(path)
          #expect(known.count == 39)
          #expect(journal.damage?.isTorn == true)
          #expect(journal.damage?.lostLines == 0)
          try journal.add(Self.entries[39].key, Self.entries[39].kept)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
      }
    }
  }

  @Test func `never gives an answer that was not written, whatever happens to its bytes`() throws {
    try temporaryFolder { folder in
      let path = folder.path + "/j.jsonl"
      try written(to: path)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      var random = PythonRandom(seed: 7)
      func below(_ count: Int) -> Int { min(count - 1, Int(random.random() * Double(count))) }
      var losses = 0
      for _ in 0..<2_000 {
        var mutated = bytes
        for _ in 0...below(3) {
          let place = below(mutated.count)
          switch below(5) {
          case 0: mutated[place] ^= UInt8(1 << below(8))
          case 1: mutated.remove(at: place)
          case 2: mutated.insert(UInt8(below(256)), at: place)
          case 3: mutated.removeSubrange(place..<min(mutated.count, place + below(200)))
          default:
            mutated.replaceSubrange(
              place..<min(mutated.count, place + 64), with: [UInt8](repeating: 0, count: 64))
          }
        }
        try Data(mutated).write(to: URL(filePath: path))
        let (known, journal) = try read(path)
        for (key, kept) in known { #expect(Self.whole[key] == kept) }
        if known.count < 40 { losses += 1 }
        // What is asked again makes it whole.
        for (key, kept) in Self.entries where known[key] == nil { try journal.add(key, kept) }
        #expect(journal.header.plan == "plan")
        var again: [RequestKey: KeptAnswer] = [:]
        _ = try JournalContents(path: path) { again[$0] = $1 }
        #expect(again == Self.whole)
      }
      #expect(losses > 1_000)
    }
  }

  @Test func `keeps a second one away while it is open`() throws {
    try temporaryFolder { folder in
      let path = folder.path + "/j.jsonl"
      do {
        let journal = try Journal(path: path, header: Self.header)
        let error = #expect(throws: JournalError.self) { try Journal(path: path, header: Self.header) }
        #expect(error?.isLocked == true)
        try journal.finish(as: folder.path + "/done.jsonl")
        // The name is free again, though the first one's file is still locked.
        _ = try Journal(path: path, header: Self.header)
      }
      _ = try Journal(path: path, header: Self.header)
    }
  }

  @Test func `forgets on demand`() throws {
    try temporaryFolder { folder in
      let path = folder.path + "/j.jsonl"
      try written(to: path)
      let journal = try Journal(path: path, header: Self.header, isFresh: true)
      try journal.synchronize()
      #expect(try JournalContents(path: path) { _, _ in }.count == 0)
    }
  }

  @Test func `is shared by a cache only under the same identity`() throws {
    try temporaryFolder { folder in
      let first = AnswerCache(folder: folder.path, header: Self.header)
      let second = AnswerCache(folder: folder.path, header: Self.header)
      try first.add(Self.entries[0].key, Self.entries[0].kept)
      try second.add(Self.entries[1].key, Self.entries[1].kept)
      func count(_ header: JournalHeader) throws -> Int {
        var count = 0
        let failures = try AnswerCache(folder: folder.path, header: header).read { _, _ in count += 1 }
        #expect(failures.isEmpty)
        return count
      }
      #expect(try count(Self.header) == 2)
      var other = Self.header
      other.identity["answers"] = ["seed": 2]
      #expect(try count(other) == 0)
    }
  }

  @Test func `shares requests out so that each has one part and prompts stay whole`() {
    var builder = RequestGraphBuilder()
    for number in 0..<200 {
      let node = builder.node([Piece("question \(number)", .question)])
      for choice in ["a", "b", "c"] { _ = builder.loglikelihood(node, choice) }
    }
    let requests = builder.build().requests
    let parts = (1...4).compactMap { Shard(number: $0, of: 4) }
    #expect(parts.count == 4)
    for start in stride(from: 0, to: requests.count, by: 3) {
      let owners = requests[start..<start + 3].map { request in parts.filter { $0.holds(request) } }
      #expect(owners.allSatisfy { $0.count == 1 && $0 == owners[0] })
    }
    for part in parts { #expect((90...210).contains(requests.count { part.holds($0) })) }
  }
}
