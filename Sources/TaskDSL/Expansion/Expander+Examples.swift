import Datasets
import Diagnostics
import Exchange
import Schema
import Values
import YAML

extension Expander {
  /// Nil where the task lists its examples itself.
  var exampleSplit: Located<String>? {
    let data = definition.data
    let isListed = task.fewshot.samples != nil
    return task.fewshot.split ?? (isListed ? nil : data.training ?? data.validation ?? data.test)
  }

  func examples(
    _ source: TaskRows, _ evaluated: Phrasing, _ places: [Int], _ findings: inout Findings
  ) -> Examples? {
    let fewshot = task.fewshot
    let data = definition.data
    var pool: [OrderedMap] = []
    var columns = evaluated.columns
    if let split = exampleSplit {
      guard let rows = source.rows(split, fewshot.process, &findings) else { return nil }
      pool = rows.rows
      columns = Columns(rows.columns)
    } else if let function = fewshot.samplesFunction {
      guard let rows = samples(function, &findings) else { return nil }
      pool = rows
      columns = Columns(pool.first?.keys.map(\.text) ?? [])
    } else if case .list(let items, _)? = fewshot.samples {
      for item in items {
        guard case .map(let sample) = item.value else {
          findings.add(.wrongType(item, expected: "an example: a mapping with the data's columns"))
          return nil
        }
        pool.append(sample)
      }
      columns = Columns(pool.first?.keys.map(\.text) ?? [])
    }
    // The harness hands the document over for exclusion only when both names are the same, present or not.
    let isExcluding = fewshot.split?.value == data.test?.value
    let all = pool
    var way = Sampling.Way.random
    var shownWay = ExampleSource.Way.random(seed: options.fewshotSeed)
    switch fewshot.sampler {
    case .random: break
    case .firstN:
      way = .firstN
      shownWay = .first
    case .function(let sampler):
      shownWay = .function(sampler.name.value)
      let excluded = places.map { isExcluding ? evaluated.rows[$0] : nil }
      guard let chosen = chosen(by: sampler, &pool, excluded, &findings) else { return nil }
      way = .given(chosen)
    }
    func phrasing(_ columns: Columns) -> Phrasing {
      Phrasing(
        text: fewshot.text, target: fewshot.target, choice: fewshot.choice, genPrefix: fewshot.genPrefix,
        columns: columns, rows: pool)
    }
    // Listed examples may have other columns each, as templates that ask `is defined` expect; what is missing shows
    // when they are rendered.
    if exampleSplit != nil { phrasing(columns).check(&findings) }
    let sampling = Sampling(pool: pool, way: way, count: shots, seed: options.fewshotSeed)
    return Examples(
      // The columns of the evaluated documents say what is a name and what a template, in examples too.
      phrasing: phrasing(evaluated.columns),
      source: ExampleSource(
        split: exampleSplit?.value, way: shownWay, rows: pool, pool: all, isExcluding: isExcluding),
      sampling: sampling, count: shots,
      targetDelimiter: fewshot.targetDelimiter, fewshotDelimiter: fewshot.fewshotDelimiter)
  }

  /// The examples that a Python sampler chooses, as places in the pool, which becomes what it chose.
  private func chosen(
    by sampler: BoundFunction, _ pool: inout [OrderedMap], _ excluded: [OrderedMap?],
    _ findings: inout Findings
  ) -> [[Int]]? {
    do throws(ForeignError) {
      let lists = try sampler.ready().examples(
        from: pool, count: shots, seed: options.fewshotSeed, excluding: excluded)
      pool = lists.flatMap(\.self)
      var start = 0
      return lists.map { list in
        defer { start += list.count }
        return Array(start..<(start + list.count))
      }
    } catch {
      findings.add(sampler.finding(error))
      return nil
    }
  }

  /// The examples that a function lists.
  private func samples(_ function: BoundFunction, _ findings: inout Findings) -> [OrderedMap]? {
    do throws(ForeignError) {
      let listed = try function.ready()()
      let rows = listed.asList?.compactMap(\.asMap)
      guard let rows, rows.count == listed.asList?.count else {
        throw ForeignError(
          .unusableResult, "`\(function.name.value)` gave \(listed.repr.prefix(60)), no list of mappings")
      }
      return rows
    } catch {
      findings.add(function.finding(error))
      return nil
    }
  }
}
