using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Pool.List;

/// <summary>A pool as JSON.</summary>
internal sealed record PoolDocument(
    string Name,
    bool Default,
    string Executor,
    int Cpus,
    long MemoryBytes,
    int Gpus,
    string Network,
    int MaxRetryPerTask);

/// <summary>JSON of pools.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<PoolDocument>))]
internal sealed partial class PoolJson : JsonSerializerContext;
