using System.Text;

namespace Cairn.Bench.Tasks;

/// <summary>A graph of tasks that do nothing, one core each.</summary>
internal static class TrueGraph
{
    /// <summary>Writes it into a folder; the path of the file.</summary>
    public static string Write(string folder, int tasks)
    {
        var text = new StringBuilder(
            """
            workflow:
              name: bench
              resources:
                default: {cpu: 1, memory: 64Mi, storage: 1Gi}
              tasks:

            """);
        for (var i = 0; i < tasks; i++)
            text.Append(
                $"""
                  - name: t{i:000}
                    image: ubuntu:24.04
                    command: ["true"]

                """);
        var path = Path.Combine(folder, "graph.yaml");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
