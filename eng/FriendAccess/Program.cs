using Ml.Autoencoders.Build;

// FriendAccess OUTPUT_FOLDER ASSEMBLY...: writes a publicised copy of each assembly into the folder.
string folder = args[0];
Directory.CreateDirectory(folder);
foreach (string assembly in args.Skip(1))
    File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(assembly)),
        Publicizer.Publicize(File.ReadAllBytes(assembly)));
