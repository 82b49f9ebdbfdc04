using System.Diagnostics;
using System.Text;
using Cairn.Flows.Compiling;

namespace Cairn.Bench.Flows;

/// <summary>Reading and compiling a flow of 2,500 lines, warm.</summary>
internal static class FlowCompile
{
    private const int Rounds = 5;
    private const int WarmUps = 20;
    private const int Routines = 50;

    public static void Measure()
    {
        var text = Text();
        var lines = text.AsSpan().Count('\n');
        for (var i = 0; i < WarmUps; i++)
            Compile(text);
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            Compile(text);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Figure.Print($"flow of {lines:N0} lines compiled, warm", times, "ms", "below 50");
    }

    private static void Compile(string text)
    {
        var outcome = FlowCompiler.Compile(new FlowSource("large.yaml", text), new FlowOptions());
        if (outcome.Flow is null)
            throw new InvalidOperationException($"the flow has errors: {outcome.Errors[0]}");
    }

    private static string Text()
    {
        var text = new StringBuilder("main:\n  steps:\n");
        for (var i = 0; i < Routines; i++)
            text.Append($"    - call_{i}:\n        call: stage_{i}\n        args: {{event: {{name: \"n{i}\"}}}}\n");
        for (var i = 0; i < Routines; i++)
            text.Append(Stage.Replace("STAGE", $"stage_{i}", StringComparison.Ordinal));
        return text.ToString();
    }

    private const string Stage =
        """

        STAGE:
          params: [event]
          steps:
            - init:
                assign:
                  - bucket: ${sys.get_env("BUCKET", "scenes")}
                  - name: ${event.name}
                  - path: ${"scenes/" + name + "/assets/.complete"}
                  - attempts: 0
                  - parts: ${text.split(path, "/")}
            - read_marker:
                try:
                  call: googleapis.storage.v1.objects.get
                  args:
                    bucket: ${bucket}
                    object: ${text.url_encode(path)}
                    alt: media
                  result: marker
                retry:
                  predicate: ${http.default_retry_predicate}
                  max_retries: 5
                  backoff:
                    initial_delay: 1
                    max_delay: 60
                    multiplier: 2
                except:
                  as: e
                  steps:
                    - is_missing:
                        switch:
                          - condition: ${"code" in e and e.code == 404}
                            next: count
                          - condition: true
                            raise: ${e}
            - count:
                assign:
                  - attempts: ${attempts + 1}
                  - state:
                      name: ${name}
                      attempts: ${attempts}
                      first: ${if(len(parts) > 1, parts[0], "none")}
            - again:
                switch:
                  - condition: ${attempts < 10 and not(name in ["a", "b"])}
                    next: read_marker
            - done:
                return: ${state}

        """;
}
