using System.Diagnostics;
using Digits.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;

int rows = int.Parse(args[0]); int epochs = int.Parse(args[1]); bool bn = args[2]=="bn"; float lr = float.Parse(args[3]); int bs=int.Parse(args[4]); string fam=args[5];
string d = "/work/main/samples/data/mnist/";
var (tr,_,_) = IdxFile.ReadImages(d+"train-images-idx3-ubyte.gz", rows); var trl = IdxFile.ReadLabels(d+"train-labels-idx1-ubyte.gz", rows);
var (te,_,_) = IdxFile.ReadImages(d+"t10k-images-idx3-ubyte.gz"); var tel = IdxFile.ReadLabels(d+"t10k-labels-idx1-ubyte.gz");
var ml = new MLContext(seed: 1);
var train = ml.Data.LoadFromEnumerable(tr.Select((p,i)=>new Row{Pixels=p,Digit=trl[i]}).ToArray());
var test = ml.Data.LoadFromEnumerable(te.Select((p,i)=>new Row{Pixels=p,Digit=tel[i]}).ToArray());
var training = new TrainingOptions{Epochs=epochs,LearningRate=lr,BatchSize=bs,Optimizer=OptimizerKind.AdamW,Schedule=LearningRateSchedule.Cosine(),OnEpoch=Console.WriteLine};
var net = Network.Dense([512,256], Activation.Relu, bn);
if (args.Length>6) net = args[6]=="conv" ? Network.Convolutional(28,28) : Network.Dense(args[6].Split(',').Select(int.Parse).ToArray(), Activation.Relu, bn);
IEstimator<AutoencoderTransformer> est = fam switch {
 "plain" => ml.Transforms.Autoencoders.Plain("Code","Pixels", new(){Network=net,Training=training,ErrorColumnName="Error"}),
 "bce" => ml.Transforms.Autoencoders.Plain("Code","Pixels", new(){Network=net,Training=training,Loss=ReconstructionLoss.BinaryCrossEntropy,ReconstructionColumnName="R",ErrorColumnName="Error"}),
 _ => ml.Transforms.Autoencoders.Denoising("Code","Pixels", new(){Network=net,Training=training,Corruption=Corruption.Masking(0.5f),ErrorColumnName="Error"}) };
var sw = Stopwatch.StartNew();
var model = est.Fit(train);
Console.WriteLine($"fit {sw.Elapsed.TotalSeconds:N1}"); sw.Restart();
Console.WriteLine($"mse {model.Transform(test).GetColumn<float>("Error").Average()} in {sw.Elapsed.TotalSeconds:N2}"); sw.Restart();
var key = ml.Transforms.Conversion.MapValueToKey("Digit").Fit(train);
var enc = ml.Data.Cache(key.Transform(model.Transform(train)));
var clf = ml.Transforms.NormalizeMeanVariance("Code", fixZero:false).Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Digit","Code")).Fit(enc);
Console.WriteLine($"sdca norm {ml.MulticlassClassification.Evaluate(clf.Transform(key.Transform(model.Transform(test))),"Digit").MicroAccuracy} {sw.Elapsed.TotalSeconds:N1}"); sw.Restart();
var clf2 = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Digit","Code").Fit(enc);
Console.WriteLine($"sdca raw {ml.MulticlassClassification.Evaluate(clf2.Transform(key.Transform(model.Transform(test))),"Digit").MicroAccuracy} {sw.Elapsed.TotalSeconds:N1}"); sw.Restart();
ml.Model.Save(model, train.Schema, "/tmp/m.zip");
var l = ml.Model.Load("/tmp/m.zip", out _);
var c1 = model.Transform(test).GetColumn<float[]>("Code").First(); var c2 = l.Transform(test).GetColumn<float[]>("Code").First();
Console.WriteLine(c1.SequenceEqual(c2)); Console.WriteLine(model.Summary);
sealed class Row { [VectorType(784)] public float[] Pixels=[]; public uint Digit; }
