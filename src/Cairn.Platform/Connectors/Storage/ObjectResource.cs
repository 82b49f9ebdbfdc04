using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>An object as the storage API shows it (spec/workflows.md 6.4).</summary>
internal static class ObjectResource
{
    /// <summary>Begins the names of what the connector keeps beside the writer's own metadata.</summary>
    public const string Own = "cairn-";

    /// <summary>Where the content type is kept.</summary>
    public const string TypeKey = Own + "content-type";

    /// <summary>Where the MD5 hash is kept, base64.</summary>
    public const string Md5Key = Own + "md5";

    /// <summary>Where the CRC-32C is kept, base64.</summary>
    public const string CrcKey = Own + "crc32c";

    /// <summary>The resource of one version of an object.</summary>
    public static JsonObject Of(string bucket, StoredObject stored)
    {
        var path = Uri.EscapeDataString(stored.Key);
        var generation = stored.Generation.ToString();
        var resource = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{bucket}/{stored.Key}/{generation}",
            ["selfLink"] = $"https://www.googleapis.com/storage/v1/b/{bucket}/o/{path}",
            ["mediaLink"] = $"https://storage.googleapis.com/download/storage/v1/b/{bucket}/o/{path}"
                + $"?generation={generation}&alt=media",
            ["name"] = stored.Key,
            ["bucket"] = bucket,
            ["generation"] = generation,
            ["metageneration"] = "1",
            ["contentType"] = ContentType(stored),
            ["storageClass"] = "STANDARD",
            ["size"] = stored.Size.ToString(),
        };
        if (Kept(stored, Md5Key) is { } md5)
            resource["md5Hash"] = md5;
        if (Kept(stored, CrcKey) is { } crc)
            resource["crc32c"] = crc;
        resource["etag"] = Convert.ToBase64String(BitConverter.GetBytes(stored.Generation));
        resource["timeCreated"] = Times.Text(stored.Updated);
        resource["updated"] = Times.Text(stored.Updated);
        resource["timeStorageClassUpdated"] = Times.Text(stored.Updated);
        var metadata = new JsonObject();
        foreach (var (key, value) in stored.Metadata)
            if (!key.StartsWith(Own, StringComparison.Ordinal))
                metadata[key] = value;
        if (metadata.Count > 0)
            resource["metadata"] = metadata;
        return resource;
    }

    /// <summary>The type that its writer gave, else the one that its name suggests.</summary>
    public static string ContentType(StoredObject stored) =>
        Kept(stored, TypeKey) ?? Path.GetExtension(stored.Key).ToLowerInvariant() switch
        {
            ".json" => "application/json",
            ".txt" or ".log" or ".md" => "text/plain",
            ".csv" => "text/csv",
            ".html" => "text/html",
            ".xml" => "text/xml",
            ".yaml" or ".yml" => "application/yaml",
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".mp4" => "video/mp4",
            _ => "application/octet-stream",
        };

    private static string? Kept(StoredObject stored, string key) =>
        stored.Metadata.FirstOrDefault(pair => pair.Key == key).Value;
}
