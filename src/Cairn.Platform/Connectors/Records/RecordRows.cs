using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Stores.Embedded;
using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Connectors.Records;

/// <summary>The rows of the records, inside one transaction or one read.</summary>
/// <param name="connection">Where.</param>
/// <param name="now">The time of what is written.</param>
internal sealed class RecordRows(SqliteConnection connection, DateTimeOffset now)
{
    /// <summary>The time of this transaction.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The connection, for tables that a subject of its own looks after.</summary>
    public SqliteConnection Connection { get; } = connection;

    private long Millis => Now.ToUnixTimeMilliseconds();

    /// <summary>A resource, or null.</summary>
    public Record? Find(string kind, string name) => Connection.All(
        "SELECT name, json, created, updated FROM record WHERE kind = $kind AND name = $name", Read,
        ("$kind", kind), ("$name", name)).FirstOrDefault();

    /// <summary>A resource; 404 when there is none.</summary>
    public Record Get(string kind, string name) =>
        Find(kind, name) ?? throw CallFault.NotFound($"Resource not found (resource={name}).");

    /// <summary>Adds a resource; 409 when it is there.</summary>
    public Record Add(string kind, string name, JsonObject value)
    {
        if (Find(kind, name) is not null)
            throw CallFault.Conflict($"Resource already exists in the project (resource={name}).");
        Put(kind, name, value);
        return new Record(name, value, Now, Now);
    }

    /// <summary>Adds or replaces a resource.</summary>
    public void Put(string kind, string name, JsonObject value) => Connection.Run(
        """
        INSERT INTO record (kind, name, json, created, updated) VALUES ($kind, $name, $json, $now, $now)
        ON CONFLICT (kind, name) DO UPDATE SET json = $json, updated = $now
        """,
        ("$kind", kind), ("$name", name), ("$json", value.ToJsonString()), ("$now", Millis));

    /// <summary>Removes a resource; false: there was none.</summary>
    public bool Remove(string kind, string name) => Connection.Run(
        "DELETE FROM record WHERE kind = $kind AND name = $name", ("$kind", kind), ("$name", name)) == 1;

    /// <summary>Resources whose names begin with a text, by name, behind a name.</summary>
    public List<Record> List(string kind, string prefix, string after, int limit) => Connection.All(
        """
        SELECT name, json, created, updated FROM record
        WHERE kind = $kind AND name > $after AND name >= $prefix AND substr(name, 1, length($prefix)) = $prefix
        ORDER BY name LIMIT $limit
        """,
        Read, ("$kind", kind), ("$prefix", prefix), ("$after", after), ("$limit", limit));

    /// <summary>What was answered to an effect.</summary>
    public (string Digest, byte[] Answer)? Answer(string effect) => Connection.All(
        "SELECT digest, json FROM answer WHERE effect = $effect",
        row => ((string, byte[])?)(row.GetString(0), row.GetFieldValue<byte[]>(1)),
        ("$effect", effect)).FirstOrDefault();

    /// <summary>Remembers what was answered to an effect.</summary>
    public void Remember(string effect, string digest, byte[] answer) => Connection.Run(
        "INSERT INTO answer (effect, digest, json, at) VALUES ($effect, $digest, $json, $now)",
        ("$effect", effect), ("$digest", digest), ("$json", answer), ("$now", Millis));

    private static Record Read(SqliteDataReader row) => new(
        row.GetString(0), (JsonObject)JsonNode.Parse(row.GetString(1))!,
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));
}

/// <summary>A resource.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Value">Plain JSON.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was changed last.</param>
internal sealed record Record(string Name, JsonObject Value, DateTimeOffset Created, DateTimeOffset Updated);
