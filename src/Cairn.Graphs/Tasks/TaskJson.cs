using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Graphs.Tasks;

/// <summary>The JSON of everything that passes between a graph program and an executor.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TaskOrder))]
[JsonSerializable(typeof(TaskProgress))]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(TaskMessage))]
public sealed partial class TaskJson : JsonSerializerContext
{
    /// <summary>The effect kind of a task.</summary>
    public const string Kind = "task";

    /// <summary>UTF-8 JSON of an order.</summary>
    public static byte[] Write(TaskOrder order) => JsonSerializer.SerializeToUtf8Bytes(order, Default.TaskOrder);

    /// <summary>UTF-8 JSON of a progress.</summary>
    public static byte[] Write(TaskProgress progress) =>
        JsonSerializer.SerializeToUtf8Bytes(progress, Default.TaskProgress);

    /// <summary>UTF-8 JSON of a result.</summary>
    public static byte[] Write(TaskResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Default.TaskResult);

    /// <summary>UTF-8 JSON of a message.</summary>
    public static byte[] Write(TaskMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, Default.TaskMessage);

    /// <summary>
    /// Reads an order; throws <see cref="JsonException"/> on what <see cref="Write(TaskOrder)"/> never wrote.
    /// </summary>
    public static TaskOrder ReadOrder(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, Default.TaskOrder) ?? throw new JsonException("an order is an object");

    /// <summary>Reads a progress.</summary>
    public static TaskProgress ReadProgress(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, Default.TaskProgress)
        ?? throw new JsonException("a progress is an object");

    /// <summary>Reads a result.</summary>
    public static TaskResult ReadResult(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, Default.TaskResult) ?? throw new JsonException("a result is an object");

    /// <summary>Reads a message.</summary>
    public static TaskMessage ReadMessage(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, Default.TaskMessage) ?? throw new JsonException("a message is an object");
}
