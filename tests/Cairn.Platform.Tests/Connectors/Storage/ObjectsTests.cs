using System.Text;
using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Storage;

/// <summary>Objects over our stores; each effect is observed through the folder (spec/workflows.md 6.4).</summary>
public sealed class ObjectsTests : IDisposable
{
    private const string Api = "googleapis.storage.v1.objects.";

    private readonly CallBench _bench = new(
        "stores: {scenes: {url: \"file:data/scenes\", serves: [\"gs://acme\"]}, other: {url: \"file:data/other\"}}\n");

    [Theory]
    [InlineData("\"text\"", "text", "text/plain")]
    [InlineData("""{"b":[1,2.0]}""", """{"b":[1,2]}""", "application/json")]
    [InlineData("[]", "[]", "application/json")]
    [InlineData("""{"$bytes":"AAE="}""", "\u0000\u0001", "application/octet-stream")]
    public async Task An_inserted_object_lies_in_the_folder(string body, string content, string type)
    {
        var resource = await Insert("a/b c.bin", body);

        Assert.Equal(content, File.ReadAllText(_bench.Folder.At("data/scenes/a/b c.bin")));
        Assert.Equal(type, resource.Get("contentType").AsText());
        Assert.Equal(
            ("storage#object", "a/b c.bin", "acme", "1", $"{content.Length}"),
            (T(resource, "kind"), T(resource, "name"), T(resource, "bucket"), T(resource, "metageneration"),
                T(resource, "size")));
        Assert.Equal($"acme/a/b c.bin/{T(resource, "generation")}", T(resource, "id"));
    }

    [Fact]
    public async Task Checksums_are_those_of_the_service()
    {
        var resource = await Insert("x", "\"123456789\"");

        Assert.Equal("JfnnlDI7RTiF9RgfG2JNCw==", T(resource, "md5Hash"));
        Assert.Equal("4waSgw==", T(resource, "crc32c"));
    }

    [Fact]
    public async Task Generations_grow_with_every_version_and_also_over_a_delete()
    {
        var first = G(await Insert("x", "\"1\""));
        var second = G(await Insert("x", "\"2\""));
        await _bench.Call("store.write", Api + "delete", """{"bucket":"acme","object":"x"}""");
        var third = G(await Insert("x", "\"3\""));

        Assert.True(first < second && second < third);
    }

    [Fact]
    public async Task An_insert_that_wants_no_object_is_refused_when_there_is_one()
    {
        await Insert("lock", "\"1\"", ",\"ifGenerationMatch\":0");

        var error = await _bench.Fault(
            "store.write", Api + "insert", Args("lock", "\"2\"", ",\"ifGenerationMatch\":\"0\""));

        Assert.Equal(412, error.Get("code").AsInteger());
        Assert.Equal("conditionNotMet", Reason(error));
        Assert.Equal("1", File.ReadAllText(_bench.Folder.At("data/scenes/lock")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public async Task A_generation_is_taken_as_a_number_and_as_a_text(string quote)
    {
        var generation = G(await Insert("x", "\"1\""));

        await Insert("x", "\"2\"", $",\"ifGenerationMatch\":{quote}{generation}{quote}");

        Assert.Equal("2", File.ReadAllText(_bench.Folder.At("data/scenes/x")));
    }

    [Theory]
    [InlineData("x.json", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("x.txt", """{"a":[1]}""", "\"{\\\"a\\\":[1]}\"")]
    [InlineData("x", "ab", """{"$bytes":"YWI="}""")]
    public async Task Content_of_a_file_is_parsed_by_the_type_that_its_name_suggests(
        string name, string content, string value)
    {
        await _bench.Stores.Resolve("cairn://scenes/x", true, Cancel);
        await (await _bench.Stores.Bucket("scenes", true, Cancel)).Put(
            name, new Cairn.Platform.Stores.Content.Bytes(Encoding.UTF8.GetBytes(content)),
            Cairn.Platform.Stores.WriteTerms.Any, Cancel);

        var read = await _bench.Call(
            "store.read", Api + "get", $$"""{"bucket":"acme","object":"{{name}}","alt":"media"}""");

        Assert.Equal(value, Encoding.UTF8.GetString(FlowJson.Encode(read)));
    }

    [Fact]
    public async Task Content_that_was_inserted_as_a_map_comes_back_as_a_map()
    {
        await Insert("state", """{"n":1}""");

        var read = await _bench.Call(
            "store.read", Api + "get", """{"bucket":"acme","object":"state","alt":"media"}""");

        Assert.Equal(1, read.AsMap().Get("n").AsInteger());
    }

    [Theory]
    [InlineData("get", "store.read", """{"bucket":"acme","object":"no"}""", "No such object: acme/no")]
    [InlineData("delete", "store.write", """{"bucket":"acme","object":"no"}""", "No such object: acme/no")]
    [InlineData("get", "store.read", """{"bucket":"no","object":"x"}""", "The specified bucket does not exist: no")]
    [InlineData("list", "store.read", """{"bucket":"no"}""", "The specified bucket does not exist: no")]
    [InlineData("insert", "store.write", """{"bucket":"no","name":"x","body":""}""", "The specified bucket does not")]
    [InlineData("copy", "store.write",
        """{"sourceBucket":"acme","sourceObject":"no","destinationBucket":"acme","destinationObject":"y"}""",
        "No such object: acme/no")]
    public async Task What_is_not_there_is_404(string method, string kind, string args, string message)
    {
        var error = await _bench.Fault(kind, Api + method, args);

        Assert.Equal((404, "notFound"), (error.Get("code").AsInteger(), Reason(error)));
        Assert.StartsWith(message, Message(error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_on_condition_is_412_or_304()
    {
        var generation = G(await Insert("x", "\"1\""));

        var missed = await _bench.Fault(
            "store.read", Api + "get", """{"bucket":"acme","object":"x","ifGenerationMatch":1}""");
        var same = await _bench.Fault(
            "store.read", Api + "get", $$"""{"bucket":"acme","object":"x","ifGenerationNotMatch":{{generation}}}""");

        Assert.Equal((412, 304), (missed.Get("code").AsInteger(), same.Get("code").AsInteger()));
    }

    [Fact]
    public async Task A_listing_comes_in_pages_and_leaves_out_what_is_empty()
    {
        foreach (var name in new[] { "p/1", "p/2", "p/3", "q" })
            await Insert(name, "\"\"");

        var first = await List(""" "prefix":"p/","maxResults":2,"pageToken":null """);
        var second = await List($$""" "prefix":"p/","maxResults":2,"pageToken":"{{T(first, "nextPageToken")}}" """);
        var none = await List(""" "prefix":"z" """);

        Assert.Equal(["p/1", "p/2"], Names(first));
        Assert.Equal(["p/3"], Names(second));
        Assert.False(second.Has("nextPageToken"));
        Assert.Equal(["kind"], none.Keys);
    }

    [Fact]
    public async Task A_listing_folds_at_a_delimiter_and_begins_at_an_offset()
    {
        foreach (var name in new[] { "a", "b/1", "b/2", "c" })
            await Insert(name, "\"\"");

        var folded = await List(""" "delimiter":"/" """);
        var later = await List(""" "startOffset":"b/2","endOffset":"c" """);

        Assert.Equal(["a", "c"], Names(folded));
        Assert.Equal("b/", Assert.Single(folded.Get("prefixes").AsList()).AsText());
        Assert.Equal(["b/2"], Names(later));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("other")]
    public async Task A_copy_is_a_new_object(string bucket)
    {
        await Insert("x", """{"n":1}""");

        var copy = (await _bench.Call("store.write", Api + "copy", $$"""
            {"sourceBucket":"acme","sourceObject":"x","destinationBucket":"{{bucket}}","destinationObject":"d/y"}
            """)).AsMap();

        var folder = bucket == "acme" ? "scenes" : "other";
        Assert.Equal("""{"n":1}""", File.ReadAllText(_bench.Folder.At($"data/{folder}/d/y")));
        Assert.Equal((bucket, "d/y", "application/json"), (T(copy, "bucket"), T(copy, "name"), T(copy, "contentType")));
    }

    [Theory]
    [InlineData(false, "real")]
    [InlineData(true, "odd")]
    public async Task A_percent_sign_in_a_name_means_an_encoded_name_first_or_last(bool lenient, string content)
    {
        await Insert("a/b", "\"real\"");
        await Insert("a%2Fb", "\"odd\"");

        var read = await _bench.Call(
            "store.read", Api + "get", """{"bucket":"acme","object":"a%2Fb","alt":"media"}""", lenient);

        Assert.Equal(content, read.AsText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_exists_in_one_form_only_is_found_in_both(bool lenient)
    {
        await Insert("a/b", "\"real\"");

        foreach (var name in new[] { "a/b", "a%2Fb" })
            await _bench.Call(
                "store.read", Api + "get", $$"""{"bucket":"acme","object":"{{name}}","alt":"media"}""", lenient);
    }

    [Fact]
    public async Task An_insert_under_the_tolerant_rules_takes_an_encoded_name_for_the_decoded_one()
    {
        await _bench.Call("store.write", Api + "insert", Args("a%2Fb", "\"x\"", ""), lenient: true);

        Assert.True(File.Exists(_bench.Folder.At("data/scenes/a/b")));
    }

    [Fact]
    public async Task Data_beside_a_resource_is_the_content_under_the_tolerant_rules()
    {
        var resource = (await _bench.Call("store.write", Api + "insert", """
            {"bucket":"acme","name":"x","uploadType":"media","data":"content",
             "body":{"contentType":"text/csv","metadata":{"owner":"me"}}}
            """, lenient: true)).AsMap();

        Assert.Equal("content", File.ReadAllText(_bench.Folder.At("data/scenes/x")));
        Assert.Equal(
            ("text/csv", "me"), (T(resource, "contentType"), T(resource.Get("metadata").AsMap(), "owner")));
    }

    public void Dispose() => _bench.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string T(FlowMap map, string key) => map.Get(key).AsText();

    private static long G(FlowMap resource) => long.Parse(T(resource, "generation"));

    private static string Reason(FlowMap error) => T(
        error.Get("body").AsMap().Get("error").AsMap().Get("errors").AsList()[0].AsMap(), "reason");

    private static string Message(FlowMap error) => T(error.Get("body").AsMap().Get("error").AsMap(), "message");

    private static IEnumerable<string> Names(FlowMap page) =>
        page.Get("items").AsList().Select(item => T(item.AsMap(), "name"));

    private static string Args(string name, string body, string more) =>
        $$"""{"bucket":"acme","name":"{{name}}","uploadType":"media","body":{{body}}{{more}}}""";

    private async Task<FlowMap> Insert(string name, string body, string more = "") =>
        (await _bench.Call("store.write", Api + "insert", Args(name, body, more))).AsMap();

    private async Task<FlowMap> List(string more) =>
        (await _bench.Call("store.read", Api + "list", $$"""{"bucket":"acme",{{more}}}""")).AsMap();
}
