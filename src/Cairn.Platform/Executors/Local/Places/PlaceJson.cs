using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Executors.Local.Reuse;

namespace Cairn.Platform.Executors.Local.Places;

/// <summary>The JSON files of a task folder.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProcessIdentity))]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(PlacedOrder))]
[JsonSerializable(typeof(SandboxStatus))]
[JsonSerializable(typeof(EndedTask))]
internal sealed partial class PlaceJson : JsonSerializerContext
{
    /// <summary>A file's value, or null when it is missing or torn (the machine stopped while it was
    /// written).</summary>
    public static T? Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>`order.json`: what `runs exec`, `cp` and `doctor` need to know without the journal.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Task">As it was asked.</param>
/// <param name="Enclosure">The kind of enclosure that its command runs in.</param>
/// <param name="Gpus">The devices that it has for itself.</param>
internal sealed record PlacedOrder(string Run, TaskOrder Task, string Enclosure, IReadOnlyList<int> Gpus);

/// <summary>One line that bubblewrap writes to its status descriptor.</summary>
internal sealed record SandboxStatus
{
    /// <summary>The sandbox's first process.</summary>
    [JsonPropertyName("child-pid")]
    public int? ChildPid { get; init; }

    /// <summary>How it ended.</summary>
    [JsonPropertyName("exit-code")]
    public int? ExitCode { get; init; }

    /// <summary>All lines of a status file as one; both are null when nothing was said yet.</summary>
    public static SandboxStatus Read(string path)
    {
        var result = new SandboxStatus();
        if (!File.Exists(path))
            return result;
        foreach (var line in File.ReadLines(path))
        {
            if (!line.EndsWith('}'))
                continue;
            var said = JsonSerializer.Deserialize(line, PlaceJson.Default.SandboxStatus);
            result = new SandboxStatus
            {
                ChildPid = said?.ChildPid ?? result.ChildPid,
                ExitCode = said?.ExitCode ?? result.ExitCode,
            };
        }

        return result;
    }
}
