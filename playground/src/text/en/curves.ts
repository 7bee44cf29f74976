// Curves and surfaces.

export const curves = {
  title: "Curves and surfaces",
  lead: "Activation functions, losses, and the landscape of training.",
};
