using Cairn.Bench;

// Each figure stands beside what it is measured against, in one process, on one disk, in turns.
await Throughput.MeasureAsync("100 concurrent runs", runs: 100, rounds: 200, target: "at least 0.7");
await Throughput.MeasureAsync("one run, effect after effect", runs: 1, rounds: 1000, target: "at least 0.6");
await Size.MeasureAsync();
await Fairness.MeasureAsync();
await Waiting.MeasureAsync();
