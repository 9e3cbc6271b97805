import TestKit
import Testing
import Values

@Suite struct `literals of Python` {
  @Test func `are read as ast.literal_eval reads them`() throws {
    let lines = try vectors("literals")
    #expect(lines.count > 100)
    for line in lines {
      let text = line["text"]?.text ?? ""
      #expect(pythonLiteral(text)?.repr == line["repr"]?.asString, "\(pythonRepr(text))")
    }
  }

  @Test func `of sets become lists`() {
    #expect(pythonLiteral("{1, 2}") == [1, 2])
    #expect(pythonLiteral("{1}") == [1])
  }

  @Test func `that are nested without end are refused`() {
    for text in ["[", "(", "{", "-", "[[", "{1:"] {
      #expect(pythonLiteral(String(repeating: text, count: 100_000)) == nil)
    }
  }
}
