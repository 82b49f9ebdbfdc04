using System.Security.Cryptography;
using System.Text;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Reuse;

/// <summary>
/// What a task's result depends on, as one hash: its rendered order without what only says which run it is, its image,
/// the content of its inputs.
/// </summary>
internal static class TaskDigest
{
    /// <summary>64 hexadecimal digits. Reads all inputs; they must be there.</summary>
    public static string Of(TaskPlace place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(TaskJson.Write(place.Order with
        {
            WorkflowId = "",
            WorkflowUid = "",
            RetryId = 0,
            Reuse = false,
            KeepIntermediate = false,
            Outputs = [],
            Pool = "",
            Inputs = [.. place.Order.Inputs.Select(input => input with { Workflow = null, Url = null })],
        }));
        AppendImage(hash, place.Image);
        hash.AppendData(Encoding.UTF8.GetBytes(FolderDigest.OfData(place.Folder.Inputs)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendImage(IncrementalHash hash, ImageChoice image)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(image.Replacement ?? ""));
        // As it is now: a folder may have changed since the run was submitted.
        hash.AppendData(Encoding.UTF8.GetBytes(ImagePins.Now(image) ?? ""));
    }
}
