namespace Cairn.Tidy;

public sealed class CodeOnlyTests
{
    [Theory]
    [InlineData("a = $\"x{Guid.NewGuid():N}y\";", "a =     Guid.NewGuid():N   ;")]
    [InlineData("a = $\"{{no}}{f(\"}\", $\"{g}\")}\";", "a =          f(   ,    g  )  ;")]
    [InlineData("a = $$\"\"\"{no}{{yes}}\"\"\";", "a =            yes     ;")]
    [InlineData("a = \"{no}\"; // $\"{no}\"", "a =       ;           ")]
    public void Holes_of_interpolated_strings_are_code(string text, string code)
    {
        Assert.Equal(code, CodeOnly.WithHoles(text));
        Assert.Equal(text.Length, CodeOnly.Of(text).Length);
    }
}
