using System.IO.Compression;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>A gzipped text file, for ML.NET's loaders.</summary>
internal sealed class GzipSource(string path) : IMultiStreamSource
{
    public int Count => 1;

    public string GetPathOrNull(int index) => path;

    public Stream Open(int index) => new GZipStream(File.OpenRead(path), CompressionMode.Decompress);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
