using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Cli.Video;

/// <summary>How fast this machine is, from the runs that it has seen; the defaults are those of two cores.</summary>
/// <param name="SetupSeconds">The setup stage.</param>
/// <param name="AugmentSeconds">One frame of one variant.</param>
/// <param name="LabelSeconds">One frame of one labeled video.</param>
/// <param name="EvidenceSeconds">One frame of one pair: comparison, exports, summary.</param>
/// <param name="Runs">How many runs it was measured on.</param>
internal sealed record Pace(
    double SetupSeconds = 1.5,
    double AugmentSeconds = 0.12,
    double LabelSeconds = 0.45,
    double EvidenceSeconds = 0.1,
    int Runs = 0)
{
    private const double NewestWeight = 0.5;

    /// <summary>The pace that a state folder remembers, or the default one.</summary>
    public static Pace Load(string stateFolder)
    {
        try
        {
            var bytes = File.ReadAllBytes(FileIn(stateFolder));
            return JsonSerializer.Deserialize(bytes, PaceJson.Default.Pace) ?? new Pace();
        }
        catch (Exception unknown) when (unknown is IOException or JsonException or UnauthorizedAccessException)
        {
            // An estimate may start afresh.
            return new Pace();
        }
    }

    /// <summary>Remembers a measured pace together with the earlier ones.</summary>
    public void Save(string stateFolder)
    {
        var before = Load(stateFolder);
        var mixed = before.Runs == 0 ? this : new Pace(
            Mix(before.SetupSeconds, SetupSeconds),
            Mix(before.AugmentSeconds, AugmentSeconds),
            Mix(before.LabelSeconds, LabelSeconds),
            Mix(before.EvidenceSeconds, EvidenceSeconds));
        var file = FileIn(stateFolder);
        var counted = mixed with { Runs = before.Runs + 1 };
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(counted, PaceJson.Default.Pace));
        File.Move(file + ".part", file, overwrite: true);
    }

    private static double Mix(double before, double now) => before * (1 - NewestWeight) + now * NewestWeight;

    private static string FileIn(string stateFolder) => Path.Combine(stateFolder, "video-pace.json");
}

/// <summary>JSON of a pace.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Pace))]
internal sealed partial class PaceJson : JsonSerializerContext;
