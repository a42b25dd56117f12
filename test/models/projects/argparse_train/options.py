import argparse


def get_parser():
    parser = argparse.ArgumentParser("image translation", add_help=False)
    model = parser.add_argument_group("model")
    model.add_argument("--input_nc", type=int, default=3, help="channels of the input image")
    model.add_argument("--output_nc", type=int, default=3)
    model.add_argument("--ngf", type=int, default=32, help="filters of the generator's last layer")
    model.add_argument("--ndf", type=int, default=32)
    model.add_argument("--netG", default="resnet_6blocks", choices=["resnet_6blocks", "unet_64"])
    model.add_argument("--n_layers_D", type=int, default=3)
    model.add_argument("--norm", default="instance", choices=["instance", "batch", "none"])
    model.add_argument("--no_dropout", action="store_true")
    model.add_argument("--gan_mode", default="lsgan")
    train = parser.add_argument_group("training")
    train.add_argument("--lr", type=float, default=2e-4)
    train.add_argument("--betas", type=float, nargs=2, default=[0.5, 0.999])
    train.add_argument("--gpu_ids", default="-1", type=lambda s: [int(i) for i in s.split(",") if int(i) >= 0])
    return parser


def parse(argv=None):
    opt = get_parser().parse_args(argv)
    opt.isTrain = True
    return opt
