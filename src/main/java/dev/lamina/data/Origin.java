package dev.lamina.data;

import java.net.URI;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Where the makers of a data set publish it.
 *
 * @param dataset the data set's name, and the folder it is put in
 * @param base what the files' addresses start with, up to the last slash
 * @param files what is needed of the data set
 * @param archive the tar.gz that holds the files, or nothing where they are published one by one
 * @param inside the folder of the files within the archive, with a slash at its end
 */
record Origin(
        String dataset, URI base, ImmutableList<PublishedFile> files, Optional<PublishedFile> archive, String inside) {

    private static final long CIFAR_BYTES = 30_730_000;

    /** The data sets that can be fetched. */
    static final ImmutableList<Origin> ALL = Lists.immutable.of(
            single(
                    "mnist",
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    new PublishedFile(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new PublishedFile(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new PublishedFile(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new PublishedFile(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
            single(
                    "fashion-mnist",
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    new PublishedFile(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new PublishedFile(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new PublishedFile(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new PublishedFile(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
            new Origin(
                    "cifar10",
                    URI.create("https://www.cs.toronto.edu/~kriz/"),
                    Lists.immutable.of(
                            new PublishedFile(
                                    "data_batch_1.bin",
                                    CIFAR_BYTES,
                                    "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                            new PublishedFile(
                                    "data_batch_2.bin",
                                    CIFAR_BYTES,
                                    "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                            new PublishedFile(
                                    "data_batch_3.bin",
                                    CIFAR_BYTES,
                                    "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                            new PublishedFile(
                                    "data_batch_4.bin",
                                    CIFAR_BYTES,
                                    "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                            new PublishedFile(
                                    "data_batch_5.bin",
                                    CIFAR_BYTES,
                                    "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                            new PublishedFile(
                                    "test_batch.bin",
                                    CIFAR_BYTES,
                                    "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")),
                    Optional.of(new PublishedFile(
                            "cifar-10-binary.tar.gz",
                            170_052_171,
                            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
                    "cifar-10-batches-bin/"));

    private static Origin single(String dataset, String base, PublishedFile... files) {
        return new Origin(dataset, URI.create(base), Lists.immutable.of(files), Optional.empty(), "");
    }
}
