using System.Text.Json.Serialization;

namespace Cairn.Cli.Video;

/// <summary>A video run as JSON.</summary>
internal sealed record VideoDocument(
    string Id,
    string RunId,
    string Flow,
    string Dataset,
    string Url,
    string Folder,
    string Summary,
    string SummaryJson,
    IReadOnlyList<MediaDocument> Media);

/// <summary>A picture or video by kind and absolute path.</summary>
internal sealed record MediaDocument(string Kind, string Path);

/// <summary>JSON of video runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VideoDocument))]
internal sealed partial class VideoJson : JsonSerializerContext;
