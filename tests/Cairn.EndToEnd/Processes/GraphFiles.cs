namespace Cairn.EndToEnd.Processes;

/// <summary>Small graphs for tests.</summary>
internal static class GraphFiles
{
    /// <summary>One task `only` with a shell script as its command; returns the file's name.</summary>
    public static string OneTask(this Workbench bench, string name, string script)
    {
        var lines = string.Join('\n', script.Split('\n').Select(line => "        " + line));
        var header = $$"""
            workflow:
              name: {{name}}
              tasks:
              - name: only
                image: ubuntu:24.04
                command: [bash, -c]
                volumeMounts: ["{{bench.Evidence}}:/evidence"]
                args:
                - |
            """;
        bench.Write($"{name}.yaml", $"{header}\n{lines}\n");
        return $"{name}.yaml";
    }

    /// <summary>One task that says `NAME runs` in the evidence and ends when the test releases it.</summary>
    public static string Waiting(this Workbench bench, string name, string before = ":") => bench.OneTask(
        name,
        $"""
        {before}
        echo "{name} $CAIRN_TASK" >> /evidence/keys
        until [ -e /evidence/{name} ]; do sleep 0.05; done
        """);

    /// <summary>Completes when a waiting task has begun for the n-th time.</summary>
    public static Task BegunAsync(this Workbench bench, string name, int times = 1) =>
        bench.FileAsync("keys", text => text.Split('\n').Count(line => line.StartsWith(name + " ")) >= times);

    /// <summary>Completes when a file of the evidence folder has the wanted content.</summary>
    public static async Task FileAsync(this Workbench bench, string name, Func<string, bool> wanted)
    {
        var path = Path.Combine(bench.Evidence, name);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(bench.Evidence);
        void Look()
        {
            if (File.Exists(path) && wanted(File.ReadAllText(path)))
                done.TrySetResult();
        }

        watcher.Changed += (_, _) => Look();
        watcher.Created += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await done.Task.WaitAsync(Patience.Long);
    }
}
