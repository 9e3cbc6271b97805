import Foundation
import TestKit
import Testing

@testable import Tensors

@Suite struct `a safetensors file` {
  static let whole = FileManager.default.contents(
    atPath: repositoryRoot.appending(path: "Tests/InferenceTests/Fixtures/gpt2-f16/model.safetensors").path)

  private func read(_ bytes: Data) throws -> Safetensors {
    let file = FileManager.default.temporaryDirectory.appending(path: "tensors-\(UUID()).safetensors")
    try bytes.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Safetensors(path: file.path)
  }

  private func file(_ header: String, data: Int) -> Data {
    var bytes = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
    return bytes + Data(header.utf8) + Data(count: data)
  }

  @Test func `that is whole is read`() throws {
    let file = try read(try #require(Self.whole))
    #expect(file.entries["transformer.wte.weight"]?.shape == [500, 40])
    #expect(file.entries["transformer.wte.weight"]?.type == .float16)
  }

  @Test func `that is cut off anywhere is refused`() throws {
    let whole = try #require(Self.whole)
    let ends =
      Array(0..<40) + Array(stride(from: 40, to: whole.count, by: 1501))
      + Array(whole.count - 5..<whole.count)
    for end in ends {
      #expect(throws: TensorError.self, "cut at \(end)") { try read(whole.prefix(end)) }
    }
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, 8, "not JSON"),
    (#"[]"#, 0, "not a JSON object"),
    (#"{"a":1}"#, 0, "not a JSON object"),
    (#"{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}"#, 8, "unknown dtype `F31`"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "takes 12 bytes"),
    (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "whole numbers"),
    (#"{"a":{"dtype":"F32","shape":"x","data_offsets":[0,8]}}"#, 8, "not a list"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "a start and an end"),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 8, "cut off"),
    (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, 8, "impossibly large"),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
      12, "overlaps"
    ),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12, "belong to no tensor"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "at its end"),
  ])
  func `that lies is refused with its cause`(_ header: String, _ data: Int, _ said: String) throws {
    do {
      _ = try read(file(header, data: data))
      Issue.record("it was read")
    } catch let error as TensorError {
      #expect(error.message.contains(said), "\(error)")
      #expect(!error.help.isEmpty && error.file.contains("tensors-"))
    }
  }

  @Test func `half precision widens exactly`() {
    for bits in UInt16(0)...UInt16.max {
      let (ours, theirs) = (widened(half: bits), Float(Float16(bitPattern: bits)))
      #expect(ours.bitPattern == theirs.bitPattern || (ours.isNaN && theirs.isNaN))
    }
  }
}
