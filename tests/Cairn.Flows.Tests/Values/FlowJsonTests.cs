using System.Text;
using System.Text.Json;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Values;

public sealed class FlowJsonTests
{
    private static readonly SecretVault Vault = new(new byte[32]);

    public static TheoryData<string, FlowValue> Codings => new()
    {
        { "null", FlowValue.Null },
        { "true", FlowValue.True },
        { "12", FlowValue.Of(12) },
        { "12.0", FlowValue.Of(12.0) },
        { "1e+300", FlowValue.Of(1e300) },
        { "0.1", FlowValue.Of(0.1) },
        { """{"$double":"NaN"}""", FlowValue.Of(double.NaN) },
        { """{"$double":"-Infinity"}""", FlowValue.Of(double.NegativeInfinity) },
        { "\"a\\\"\\nä\"", FlowValue.Of("a\"\nä") },
        { """{"$bytes":"AQI="}""", FlowValue.Of(new byte[] { 1, 2 }.AsMemory()) },
        { """{"$function":"retry.always"}""", FlowValue.Function("retry.always") },
        { """[1,[2.5],{}]""", FlowValue.ListOf(
            FlowValue.Of(1), FlowValue.ListOf(FlowValue.Of(2.5)), FlowValue.Of(FlowMap.Empty)) },
        { """{"$$bytes":1,"$$$":2,"a$":3}""", FlowValue.Of(FlowMap.Of(
            ("$bytes", FlowValue.Of(1)), ("$$", FlowValue.Of(2)), ("a$", FlowValue.Of(3)))) },
        { """{"$caught":"oops"}""", FlowValue.Of("oops").AsCaught() },
        { """{"$unassigned":true}""", FlowValue.Unassigned },
        { """{"$folding":{"A":1}}""", FlowValue.Of(FlowMap.Of(("A", FlowValue.Of(1))).Folding(true)) },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Each_kind_has_one_form_that_reads_back(string json, FlowValue value)
    {
        var written = Encoding.UTF8.GetString(FlowJson.Encode(value));
        var read = FlowJson.Decode(Encoding.UTF8.GetBytes(json));

        Assert.Equal(json, written);
        Assert.Equal(json, Encoding.UTF8.GetString(FlowJson.Encode(read)));
        Assert.Equal(value.Kind, read.Kind);
    }

    [Fact]
    public void Marked_values_of_each_kind_are_sealed_and_read_back_marked()
    {
        var value = FlowValue.ListOf(
            FlowValue.Of("pass"), FlowValue.Of("key"u8.ToArray().AsMemory()), FlowValue.Of(7), FlowValue.Of(1.5),
            FlowValue.Of("caught").AsCaught()).WithSecret("token");

        var json = FlowJson.Encode(value, Vault);
        var read = FlowJson.Decode(json, Vault);

        Assert.DoesNotContain("pass", Encoding.UTF8.GetString(json));
        Assert.Equal(value, read);
        Assert.All(read.AsList(), item => Assert.Equal("token", item.Secret));
        Assert.True(read.AsList()[4].IsCaughtText);
        Assert.Equal(
            """["pass",{"$bytes":"a2V5"},{"$integer":"7"},{"$double":"1.5"},{"$caught":"caught"}]""",
            Encoding.UTF8.GetString(MarkedJson.Reveal(json, Vault)));
    }

    [Fact]
    public void A_marked_value_is_not_written_without_a_key()
    {
        var value = FlowValue.Of("pass").WithSecret("token");

        Assert.Throws<SecretRefusedException>(() => FlowJson.Encode(value));
    }

    [Fact]
    public void People_see_the_name_of_a_secret()
    {
        var value = FlowValue.ListOf(FlowValue.Of("pass").WithSecret("token").WithSecret("api"));

        Assert.Equal("""["[secret api, token]"]""", value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("[1")]
    [InlineData("""{"$strange":1}""")]
    public void Another_document_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => FlowJson.Decode(Encoding.UTF8.GetBytes(json)));
}
