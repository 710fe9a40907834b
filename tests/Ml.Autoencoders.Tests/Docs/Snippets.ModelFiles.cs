using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Docs;

public partial class Snippets
{
    [Test]
    public void A_model_is_put_in_the_place_of_another_once_it_is_whole()
    {
        using AutoencoderTransformer model = Fitted();
        IDataView data = digits;
        File.WriteAllText("model.zip", "an older model");

        ml.Model.Save(model, data.Schema, "model.zip.new");
        File.Move("model.zip.new", "model.zip", overwrite: true);

        using var loaded = (AutoencoderTransformer)ml.Model.Load("model.zip", out _);
        Assert.That(loaded.CodeSize, Is.EqualTo(model.CodeSize));
    }

    [Test]
    public void The_bound_on_files_is_set_for_the_process()
    {
        long usual = AutoencoderFiles.MaxUnpackedBytes;
        try
        {
            AutoencoderFiles.MaxUnpackedBytes = 4L << 30;

            Assert.That(AutoencoderFiles.MaxUnpackedBytes, Is.EqualTo(4294967296));
        }
        finally
        {
            AutoencoderFiles.MaxUnpackedBytes = usual;
        }
    }
}
