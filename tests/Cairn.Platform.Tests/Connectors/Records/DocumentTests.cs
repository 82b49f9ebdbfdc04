using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Documents (spec/workflows.md 6.5).</summary>
public sealed class DocumentTests : IDisposable
{
    private const string Api = "googleapis.firestore.v1.projects.databases.documents.";
    private const string Root = "projects/p/databases/(default)/documents";
    private readonly CallBench _bench = new();

    [Fact]
    public async Task A_document_is_created_read_patched_and_deleted()
    {
        var made = await Write("createDocument", $$"""
            {"parent":"{{Root}}","collectionId":"c","query":{"documentId":"d"},
             "body":{"fields":{"n":{"integerValue":1},"s":{"stringValue":"x"} } } }
            """);
        await Write("patch", $$"""
            {"name":"{{Root}}/c/d","updateMask.fieldPaths":["n","m.k"],
             "body":{"fields":{"n":{"integerValue":"2"},"m":{"mapValue":{"fields":{"k":{"booleanValue":true} } } } } } }
            """);
        var seen = await Get("c/d");
        await Write("delete", $$"""{"name":"{{Root}}/c/d"}""");
        var gone = await _bench.Fault("record.read", Api + "get", $$"""{"name":"{{Root}}/c/d"}""");

        Assert.Equal($"{Root}/c/d", made.Get("name").AsText());
        Assert.Equal(
            """{"n":{"integerValue":"2"},"s":{"stringValue":"x"},"m":"""
            + """{"mapValue":{"fields":{"k":{"booleanValue":true}}}}}""",
            $"{seen.Get("fields")}");
        Assert.Equal(404, gone.Get("code").AsInteger());
    }

    [Theory]
    [InlineData(
        """{"fieldFilter":{"field":{"fieldPath":"n"},"op":"GREATER_THAN","value":{"integerValue":"1"}}}""", "b,c")]
    [InlineData(
        """
        {"fieldFilter":{"field":{"fieldPath":"n"},"op":"IN",
         "value":{"arrayValue":{"values":[{"integerValue":"1"},{"integerValue":"3"}]}}}}
        """, "a,c")]
    [InlineData(
        """
        {"compositeFilter":{"op":"AND","filters":[
         {"fieldFilter":{"field":{"fieldPath":"n"},"op":"GREATER_THAN","value":{"integerValue":"1"}}},
         {"fieldFilter":{"field":{"fieldPath":"n"},"op":"LESS_THAN","value":{"integerValue":"3"}}}]}}
        """, "b")]
    [InlineData("""{"unaryFilter":{"field":{"fieldPath":"z"},"op":"IS_NULL"}}""", "c")]
    public async Task A_query_finds_what_it_says(string where, string names)
    {
        foreach (var (id, fields) in new[]
        {
            ("c", """{"n":{"integerValue":"3"},"z":{"nullValue":null}}"""), ("a", """{"n":{"integerValue":"1"}}"""),
            ("b", """{"n":{"doubleValue":2.0}}"""),
        })
            await Write("createDocument", $$"""
                {"parent":"{{Root}}","collectionId":"k","documentId":"{{id}}",
                 "body":{"fields":{{fields}} } }
                """);

        var found = await _bench.Call("record.read", Api + "runQuery", $$"""
            {"parent":"{{Root}}","body":{"structuredQuery":{
             "from":[{"collectionId":"k"}],"where":{{where}},
             "orderBy":[{"field":{"fieldPath":"n"} }] } } }
            """);

        Assert.Equal(names, string.Join(',', found.AsList().Select(
            one => one.AsMap().Get("document").AsMap().Get("name").AsText()[^1..])));
    }

    [Theory]
    [InlineData("createDocument", "\"parent\":\"ROOT\",\"collectionId\":\"c\",\"documentId\":\"d\",\"body\":{}", 409)]
    [InlineData("patch", "\"name\":\"ROOT/c/x\",\"currentDocument.exists\":true,\"body\":{}", 404)]
    [InlineData("patch", "\"name\":\"ROOT/c\",\"body\":{}", 400)]
    [InlineData("patch", "\"name\":\"ROOT/c/d\",\"body\":{\"fields\":{\"a\":1}}", 400)]
    public async Task What_cannot_be_done_says_its_status(string method, string args, int code)
    {
        await Write(
            "createDocument", $$$$"""{"parent":"{{{{Root}}}}","collectionId":"c","documentId":"d","body":{}}""");

        var error = await _bench.Fault(
            "record.write", Api + method, "{" + args.Replace("ROOT", Root, StringComparison.Ordinal) + "}");

        Assert.Equal(code, error.Get("code").AsInteger());
    }

    public void Dispose() => _bench.Dispose();

    private async Task<FlowMap> Write(string method, string args) =>
        (await _bench.Call("record.write", Api + method, args)).AsMap();

    private async Task<FlowMap> Get(string path) =>
        (await _bench.Call("record.read", Api + "get", $$"""{"name":"{{Root}}/{{path}}"}""")).AsMap();
}
