import torch

from losses import GANLoss
from networks import define_D, define_G
from options import parse


class Pix2Pix:
    def __init__(self, opt):
        self.opt = opt
        self.netG = define_G(opt)
        self.netD = define_D(opt)
        self.criterionGAN = GANLoss(opt.gan_mode)
        self.criterionL1 = torch.nn.L1Loss()
        self.optimizer_G = torch.optim.Adam(self.netG.parameters(), lr=opt.lr, betas=tuple(opt.betas))
        self.optimizer_D = torch.optim.Adam(self.netD.parameters(), lr=opt.lr, betas=tuple(opt.betas))

    def forward(self, real_A):
        fake_B = self.netG(real_A)
        return fake_B

    def losses(self, real_A, real_B):
        fake_B = self.forward(real_A)
        pred_fake = self.netD(torch.cat((real_A, fake_B), 1))
        loss_G = self.criterionGAN(pred_fake, True) + 100.0 * self.criterionL1(fake_B, real_B)
        return loss_G


def main(argv=None):
    opt = parse(argv)
    model = Pix2Pix(opt)
    real_A, real_B = torch.randn(1, 3, 64, 64), torch.randn(1, 3, 64, 64)
    loss = model.losses(real_A, real_B)
    return model, loss


if __name__ == "__main__":
    main()
