using Cairn.Flows.Sources;

namespace Cairn.Flows.Tests.Sources;

/// <summary>Unquoted scalars (spec/workflows.md 2.3).</summary>
public sealed class CoreScalarTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("-3", -3)]
    [InlineData("+7", 7)]
    [InlineData("0x1F", 31)]
    [InlineData("0o17", 15)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Whole_numbers_are_integers(string text, long value) =>
        Assert.Equal(new CoreScalar(CoreKind.Integer, value), CoreScalar.OfPlain(text));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("1e3", 1000)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("9223372036854775808", 9223372036854775808d)]
    [InlineData("0xFFFFFFFFFFFFFFFFFF", 4722366482869645213695d)]
    public void Others_are_doubles_and_so_is_what_has_more_than_64_bits(string text, double value)
    {
        var scalar = CoreScalar.OfPlain(text);
        Assert.Equal(CoreKind.Double, scalar.Kind);
        Assert.Equal(value, scalar.Number);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("2024-01-01")]
    [InlineData("12:30")]
    [InlineData("1_000")]
    [InlineData("0x")]
    [InlineData("0o8")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("nUll")]
    public void What_looks_like_more_is_text(string text) => Assert.Equal(CoreKind.Text, CoreScalar.OfPlain(text).Kind);
}
