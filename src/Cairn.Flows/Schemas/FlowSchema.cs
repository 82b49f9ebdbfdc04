using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Flows.Schemas;

/// <summary>
/// The JSON Schema (draft 2020-12) of a flow, for completion and checks in editors: shapes of steps, functions with
/// their arguments. Made from the tables that the compiler uses; what only the compiler can know is left to it.
/// </summary>
public static class FlowSchema
{
    /// <summary>The whole document, indented, with a line end.</summary>
    public static string Text()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
            Document().WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static JsonObject Document() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Cairn flow",
        ["description"] = "A workflow of steps: a list of steps, or routines by name with one called main",
        ["oneOf"] = new JsonArray(StepShapes.Ref("steps"), StepShapes.Ref("routines")),
        ["$defs"] = StepShapes.Definitions(),
    };
}
