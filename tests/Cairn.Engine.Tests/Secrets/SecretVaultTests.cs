using System.Text;
using Cairn.Engine.Secrets;
using Cairn.Engine.Tests.Journals;

namespace Cairn.Engine.Tests.Secrets;

public sealed class SecretVaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_marked_value_is_nowhere_in_clear_and_is_shown_by_name()
    {
        var vault = SecretVault.Open(_folder.File("key"));
        var marked = Encoding.UTF8.GetString(MarkedJson.Mark(vault, "token", "hunter2"));
        var document = Encoding.UTF8.GetBytes($$"""{"header":[{{marked}},"x"],"n":1}""");

        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(document), StringComparison.Ordinal);
        Assert.Equal("""{"header":["[secret token]","x"],"n":1}""", Encoding.UTF8.GetString(MarkedJson.Show(document)));
        Assert.Equal("""{"header":["hunter2","x"],"n":1}""", Encoding.UTF8.GetString(MarkedJson.Reveal(document,
            vault)));
    }

    [Fact]
    public void The_key_file_is_made_for_its_owner_alone_and_used_again()
    {
        var path = _folder.File("key");
        var text = SecretVault.Open(path).Seal("a", "v"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("v"u8.ToArray(), SecretVault.Open(path).Unseal("a", text));
        Assert.Equal(text, SecretVault.Open(path).Seal("a", "v"u8));
    }

    [Fact]
    public void A_key_file_that_others_may_read_is_refused_with_the_command_that_helps()
    {
        var path = _folder.File("key");
        SecretVault.Open(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Equal($"chmod 600 {path}", Assert.Throws<SecretRefusedException>(() => SecretVault.Open(path)).Hint);
    }

    [Fact]
    public void Another_name_another_key_or_a_changed_text_opens_nothing()
    {
        var vault = new SecretVault(new byte[32]);
        var text = vault.Seal("a", "value"u8);
        var changed = Convert.FromBase64String(text);
        changed[14] ^= 1;

        Assert.Throws<SecretRefusedException>(() => vault.Unseal("b", text));
        Assert.Throws<SecretRefusedException>(() => vault.Unseal("a", Convert.ToBase64String(changed)));
        Assert.Throws<SecretRefusedException>(() => vault.Unseal("a", "not base64!"));
        Assert.Throws<SecretRefusedException>(() =>
            new SecretVault([.. Enumerable.Repeat((byte)7, 32)]).Unseal("a", text));
    }

    public void Dispose() => _folder.Dispose();
}
