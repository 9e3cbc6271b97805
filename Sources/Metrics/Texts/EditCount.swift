/// The fewest words to insert, delete and replace to turn one text into another (Levenshtein).
func editCount(from text: [Int], to reference: [Int]) -> Int {
  var row = Array(0...reference.count)
  for (place, word) in text.enumerated() {
    var diagonal = row[0]
    row[0] = place + 1
    for column in reference.indices {
      let replaced = diagonal + (word == reference[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[reference.count]
}
