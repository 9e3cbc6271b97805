import Foundation
import TestKit
import Testing

@Suite struct `an installed program` {
  @Test func `finds tasks and model from any folder`() async throws {
    try await temporaryFolder { folder in
      let install =
        "make -s -C \"$ASSAY\" install PREFIX=\"$PWD/there\" PROGRAM='\(Program.folder.path)/assay'"
      let installed = try await Program.shell(install, in: folder)
      #expect(installed.code == 0, "\(installed.errors)")
      let elsewhere = folder.appending(path: "else/where")
      try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
      let list = try await Program.shell("../../there/bin/assay ls groups", in: elsewhere)
      #expect(list.output.contains("\(folder.path)/there/share/assay/TaskLibrary/demo/demo.yaml"))
      let run = try await Program.shell(
        "../../there/bin/assay run --tasks demo_stories --limit 1", in: elsewhere)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("\(folder.path)/there/share/assay/Models/assay-tiny"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
    }
  }
}
