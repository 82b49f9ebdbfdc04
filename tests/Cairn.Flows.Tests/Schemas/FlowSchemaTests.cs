using System.Text.Json;
using Cairn.Flows.Library;
using Cairn.Flows.Schemas;

namespace Cairn.Flows.Tests.Schemas;

/// <summary>The schema for editors is the one that the tables give, and its pointers lead somewhere.</summary>
public sealed class FlowSchemaTests
{
    private static string Published => Path.Combine(Root(), "docs", "flow.schema.json");

    [Fact]
    public void The_published_schema_is_what_the_tables_give()
    {
        var made = FlowSchema.Text();
        if (Environment.GetEnvironmentVariable("CAIRN_WRITE_SCHEMA") == "1") File.WriteAllText(Published, made);

        Assert.True(
            File.ReadAllText(Published) == made,
            "docs/flow.schema.json is old: run this test with CAIRN_WRITE_SCHEMA=1");
    }

    [Fact]
    public void Every_pointer_leads_to_a_definition()
    {
        using var schema = JsonDocument.Parse(FlowSchema.Text());
        var definitions = schema.RootElement.GetProperty("$defs");

        var pointers = Pointers(schema.RootElement).Distinct().ToList();

        Assert.NotEmpty(pointers);
        Assert.All(pointers, pointer => Assert.True(definitions.TryGetProperty(pointer["#/$defs/".Length..], out _)));
    }

    [Fact]
    public void Every_function_of_the_language_is_offered_with_its_arguments()
    {
        using var schema = JsonDocument.Parse(FlowSchema.Text());
        var offered = schema.RootElement.GetProperty("$defs").GetProperty("function").GetProperty("anyOf")[0]
            .GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).ToList();

        var known = FlowLibrary.Signatures.Where(one => !one.IsLenient).Select(one => one.Name).Distinct();

        Assert.Equal(known.Order(StringComparer.Ordinal), offered);
        Assert.Contains("http.get", offered);
        Assert.Contains("googleapis.storage.v1.objects.insert", offered);
    }

    private static IEnumerable<string> Pointers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(entry =>
            entry.Name == "$ref" ? [entry.Value.GetString()!] : Pointers(entry.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Pointers),
        _ => [],
    };

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "cairn.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
