using Cairn.Flows.Expressions;
using Cairn.Flows.Expressions.Nodes;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Library;

public sealed class FlowLibraryTests
{
    public static TheoryData<string> StandardNames =>
    [
        "base64.decode", "base64.encode", "default", "double", "events.await_callback",
        "events.create_callback_endpoint", "experimental.executions.run", "get_type",
        "hash.compute_checksum", "hash.compute_hmac", "http.default_retry_predicate",
        "http.default_retry_predicate_non_idempotent", "http.delete", "http.get", "http.patch", "http.post", "http.put",
        "http.request", "if", "int", "json.decode", "json.encode", "json.encode_to_string", "keys", "len",
        "list.concat", "list.prepend", "map.delete", "map.get", "map.merge", "map.merge_nested", "math.abs",
        "math.floor", "math.max", "math.min", "retry.always", "retry.never", "string", "sys.get_env", "sys.log",
        "sys.now", "sys.sleep", "sys.sleep_until", "text.decode", "text.encode", "text.find_all",
        "text.find_all_regex", "text.match_regex", "text.replace_all", "text.replace_all_regex", "text.split",
        "text.substring", "text.to_lower", "text.to_upper", "text.url_decode", "text.url_encode",
        "text.url_encode_plus", "time.format", "time.parse", "uuid.generate",
    ];

    [Theory]
    [MemberData(nameof(StandardNames))]
    public void Every_function_of_the_standard_library_has_a_signature(string name)
    {
        var signature = FlowLibrary.Find(name);

        Assert.NotNull(signature);
        Assert.False(signature.IsLenient);
        Assert.False(signature.IsConnector);
    }

    [Fact]
    public void Names_are_unique_but_for_the_two_forms_of_map_get()
    {
        var twice = FlowLibrary.Signatures.GroupBy(signature => signature.Name).Where(group => group.Count() > 1);

        Assert.Equal(["map.get"], twice.Select(group => group.Key));
    }

    [Fact]
    public void Required_parameters_stand_first_in_what_expressions_can_call() =>
        Assert.All(FlowLibrary.Signatures.Where(signature => signature.Nature == CallNature.Pure), signature =>
        {
            var required = signature.Parameters.Select(parameter => parameter.IsRequired);
            Assert.Equal(required.OrderDescending(), required);
            Assert.InRange(signature.Parameters.Count, 0, CallNode.MostArguments);
        });

    [Fact]
    public void Every_effect_has_a_kind_and_nothing_else_has() =>
        Assert.All(FlowLibrary.Signatures, signature =>
        {
            Assert.Equal(signature.Nature == CallNature.Effect, signature.Effect is not null);
            if (signature.Effect is { } kind)
                Assert.Contains(kind, EffectKind.All);
        });

    [Fact]
    public void An_alias_names_a_method_that_exists_and_is_lenient() =>
        Assert.All(FlowLibrary.Signatures.Where(signature => signature.AliasOf is not null), signature =>
        {
            Assert.True(signature.IsLenient);
            Assert.Null(FlowLibrary.Find(signature.AliasOf!)!.AliasOf);
        });

    [Theory]
    [InlineData("googleapis.compute.v1.instances.insert", true)]
    [InlineData("googleapis.storage.v1.objects.compose", true)]
    [InlineData("gke.await_job", true)]
    [InlineData("experimental.executions.map", false)]
    [InlineData("googleapis.storage.v1.objects.get", false)]
    [InlineData("googleapis.nosuch.v1.things.get", false)]
    [InlineData("text.split", false)]
    [InlineData("nothing", false)]
    public void A_method_that_the_original_has_and_Cairn_does_not_is_known_by_name(string name, bool expected) =>
        Assert.Equal(expected, FlowLibrary.IsUnmapped(name));

    [Fact]
    public void The_mapped_services_are_listed()
    {
        string[] services =
        [
            "cloudbuild.v1", "cloudscheduler.v1", "cloudtasks.v2", "eventarcpublishing.v1", "firestore.v1",
            "logging.v2", "monitoring.v1", "monitoring.v3", "pubsub.v1", "run.v1", "run.v2", "secretmanager.v1",
            "storage.v1", "workflowexecutions.v1", "workflows.v1",
        ];

        Assert.Equal(services, FlowLibrary.MappedServices.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Named_arguments_are_put_in_order_and_defaults_filled_in()
    {
        var signature = FlowLibrary.Find("time.format")!;
        var arguments = FlowMap.Of(("seconds", FlowValue.Of(1)));

        var values = FlowLibrary.Order(signature, arguments);
        var text = FlowLibrary.Invoke(signature, values, new Evaluation(EvaluationInputs.None, isLenient: false));

        Assert.Equal([FlowValue.Of(1), FlowValue.Of("UTC")], values);
        Assert.Equal("1970-01-01T00:00:01.000000Z", text.AsText());
    }

    [Theory]
    [InlineData("second", "TypeError: time.format has no argument second")]
    [InlineData("timezone", "TypeError: time.format needs argument seconds")]
    public void Wrong_named_arguments_are_type_errors(string name, string message)
    {
        var signature = FlowLibrary.Find("time.format")!;

        var error = Assert.Throws<FlowError>(() =>
            FlowLibrary.Order(signature, FlowMap.Of((name, FlowValue.Of("UTC")))));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_function_lets_anything_but_a_flow_error_escape(bool isLenient)
    {
        const int seed = 20250321;
        var random = new Random(seed);
        var pure = FlowLibrary.Signatures.Where(signature => signature.Nature == CallNature.Pure).ToArray();
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient);
        for (var i = 0; i < 8_000; i++)
        {
            var signature = pure[random.Next(pure.Length)];
            var arguments = signature.Parameters.Select(_ => Any(random, 2)).ToArray();

            var escaped = Record.Exception(() => FlowLibrary.Invoke(signature, arguments, evaluation));

            Assert.True(
                escaped is null or FlowError,
                $"seed {seed}, round {i}: {signature.Name}({string.Join(", ", arguments)})\n{escaped}");
        }
    }

    private static FlowValue Any(Random random, int depth)
    {
        string[] texts =
        [
            "", "a", "aab", "12", "-1.5", "a,b,c", "é\U0001F600", "%41%", "[a-z]+(b|c)*", "(", "{\"a\": [1]}", "YWJj",
            "SHA256", "MD5", "2024-07-12T12:50:33Z", "Europe/Paris", "utf-8", "a{1000}{1000}", "\\pN", "(?i)\\bA",
            "\ud83d",
        ];
        return random.Next(depth > 0 ? 13 : 11) switch
        {
            0 => FlowValue.Null,
            1 => FlowValue.Of(random.Next(2) == 0),
            2 => FlowValue.Of((long)random.Next(-3, 4)),
            3 => FlowValue.Of(random.Next(2) == 0 ? long.MinValue : long.MaxValue),
            4 => FlowValue.Of(random.NextDouble() * 1e10),
            5 => FlowValue.Of(((double[])[double.NaN, double.PositiveInfinity, 1e308, -0.0])[random.Next(4)]),
            6 => FlowValue.Of(new byte[] { 0xff, 65, (byte)random.Next(256) }.AsMemory(0, random.Next(4))),
            7 => FlowValue.Function("retry.always"),
            8 => FlowValue.Of(texts[random.Next(texts.Length)]).WithSecret("token"),
            9 or 10 => FlowValue.Of(texts[random.Next(texts.Length)]),
            11 => FlowValue.ListOf([.. Enumerable.Range(0, random.Next(3)).Select(_ => Any(random, depth - 1))]),
            _ => FlowValue.Of(FlowMap.Of([.. Enumerable.Range(0, random.Next(3))
                .Select(_ => (texts[random.Next(4)], Any(random, depth - 1)))])),
        };
    }
}
