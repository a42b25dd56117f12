# SYNTAX TEST "source.python" "directive comments in Python"

class Net(nn.Module):  # given num_classes=10, width=64
#                      ^ comment.line.number-sign.python punctuation.definition.comment.python
#                        ^^^^^ comment.line.number-sign.python keyword.other.directive.paramlens
#                              ^^^^^^^^^^^ variable.parameter.paramlens
#                                         ^ punctuation.separator.paramlens
#                                          ^^ constant.numeric.paramlens
#                                              ^^^^^ variable.parameter.paramlens

    # given x: (N, 3, H//2, 224), mask: (N, T) bool
#   ^ punctuation.definition.comment.python
#     ^^^^^ keyword.other.directive.paramlens
#           ^ variable.parameter.paramlens
#              ^ meta.shape.paramlens punctuation.definition.shape.begin.paramlens
#               ^ meta.shape.paramlens variable.other.constant.paramlens
#                ^ punctuation.separator.paramlens
#                  ^ meta.shape.paramlens constant.numeric.paramlens
#                     ^ variable.other.constant.paramlens
#                      ^^ keyword.operator.paramlens
#                              ^ punctuation.definition.shape.end.paramlens
#                                 ^^^^ variable.parameter.paramlens
#                                              ^^^^ support.type.paramlens
    def forward(self, x, mask):
#   ^^^ source.python keyword.control.python

        self.a = nn.Conv2d(3, 32, 3)  # params: 896 → (N, 32, 32, 32)
#                                       ^^^^^^ keyword.other.directive.paramlens
#                                             ^ punctuation.separator.paramlens
#                                               ^^^ constant.numeric.paramlens
#                                                   ^ keyword.operator.arrow.paramlens
#                                                     ^^^^^^^^^^^^^^^ meta.shape.paramlens

        self.b = blocks()  # params: 36,928 … 2,359,808 ×8 -> (N, 512)
#                                    ^^^^^^ constant.numeric.paramlens
#                                           ^ keyword.operator.paramlens
#                                             ^^^^^^^^^ constant.numeric.paramlens
#                                                       ^ keyword.operator.paramlens
#                                                          ^^ keyword.operator.arrow.paramlens

        self.c = nn.Conv2d(c_in, c_out, 3)  # params: 9·c_in·c_out + cfg.c_out
#                                                     ^ constant.numeric.paramlens
#                                                      ^ keyword.operator.paramlens
#                                                       ^^^^ variable.other.constant.paramlens
#                                                                    ^^^^^^^^^ variable.other.constant.paramlens

        y = self.a(x)  # noqa  # shape: (N, 64, 16, 16)
#                      ^^^^^^ comment.line.number-sign.python - keyword.other.directive.paramlens
#                                ^^^^^ keyword.other.directive.paramlens
#                                       ^^^^^^^^^^^^^^^ meta.shape.paramlens

        z = self.b(y)  # paramlens: ignore[in-features-mismatch, channel-mismatch]
#                        ^^^^^^^^^ keyword.other.directive.paramlens
#                                   ^^^^^^ keyword.control.directive.paramlens
#                                         ^ punctuation.definition.begin.paramlens
#                                          ^^^^^^^^^^^^^^^^^^^^ constant.other.code.paramlens
#                                                                                ^ punctuation.definition.end.paramlens

# paramlens: off
#            ^^^ keyword.control.directive.paramlens

# paramlens: on
#            ^^ keyword.control.directive.paramlens

# paramlens: once is not a directive
# ^^^^^^^^^ comment.line.number-sign.python - keyword.other.directive.paramlens

# given that this is prose, nothing is coloured
# ^^^^^ comment.line.number-sign.python - keyword.other.directive.paramlens

# the params: of this model
#     ^^^^^^ comment.line.number-sign.python - keyword.other.directive.paramlens

text = "# params: 896"
#         ^^^^^^ string.quoted.single.python - keyword.other.directive.paramlens

"""
# given x: (N, 3)
# ^^^^^ string.quoted.multi.python - keyword.other.directive.paramlens
"""
after = 1  # params: 4
#            ^^^^^^ keyword.other.directive.paramlens
