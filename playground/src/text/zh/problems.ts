// 各种问题的说明。

import type { problems as en, LargestNetwork } from "../en/problems.ts";

/** 程序库所说的种类。 */
const KINDS: Readonly<Record<string, string>> = {
  activation: "激活函数",
  class: "类别",
  "data set": "数据集",
  initializer: "初始化方法",
  layer: "层",
  loss: "损失函数",
  metric: "评价指标",
  optimizer: "优化算法",
  schedule: "学习率调整",
};

/** 程序库的句子可能以英文句点结尾。 */
const ended = (says: string) => `${says.replace(/\.$/, "")}。`;

export const problems = {
  linkBroken: {
    encoding: "链接已损坏，或者末尾被截断，无法解码。设置保持不变。",
    size: "链接内容过大。设置保持不变。",
    document: "链接里没有设置。设置保持不变。",
    version: "链接由另一个版本的页面生成。设置保持不变。",
  },
  fieldReplaced: (path: string, found: string, used: string) =>
    found === ""
      ? `缺少 ${path}，使用 ${used}。`
      : `${path}：${found} 在这里没有意义，${used === "" ? "已略去" : `改用 ${used}`}。`,
  networkTooLarge: (found: string, used: string, most: LargestNetwork) =>
    `网络 ${found} 太大，页面最多能放 ${most.layers} 层、每层 ${most.units} 个神经元，层中的其他数不超过 ${most.number}；改用 ${used}。`,
  notFollowed: (fields: string) =>
    `这次运行的“${fields}”会保留，但页面训练时不使用：每一步都照设置训练，学习率不减半，也不提前停止。`,
  weightsMisfit: (names: string) => `这些权值属于另一个网络（${names}），训练改从新的权值开始。`,
  unknownName: (what: string, name: string, meant: string | null) =>
    `没有名为“${name}”的${KINDS[what] ?? "名称"}。${meant === null ? "" : `是不是想写“${meant}”？`}`,
  settingsRefused: (why: string, instead: "before" | "first") =>
    `${why}${instead === "before" ? "仍使用之前的设置。" : "改用最初的设置：异或。"}`,
  expression: (text: string, at: number, detail: string) =>
    `“${text}” 在第 ${at + 1} 个字符处无法读懂：${detail}`,
  formulaShape: (most: number, names: string, results: number) =>
    results === 1
      ? `这里需要含${most === 1 ? "一个变量" : "一个或两个变量"}的公式；现在的变量是：${names || "无"}。`
      : `这里只需要一个公式，现在有 ${results} 个。`,
  faults: {
    sign: (sign: string) => `这里不认识符号“${sign}”。`,
    powerHint: "乘方请写成 x^2。",
    parenthesesHint: "请使用圆括号。",
    operand: (received: string | null) =>
      `${received === null ? "结尾" : `“${received}”`}之前缺少数、名称或“(”。`,
    operator: (received: string | null) =>
      `${received === null ? "结尾" : `“${received}”`}之前缺少运算符。`,
    product: (product: string) => `乘积请写成 ${product}。`,
    bareFunction: (name: string) => `${name} 是函数，请写成 ${name}(…)。`,
    unknownFunction: (name: string) => `没有名为“${name}”的函数。`,
    meant: (name: string) => `是不是想写“${name}”？`,
    arity: (name: string, takes: number, received: number) =>
      `${name} 需要 ${takes} 个参数，这里有 ${received} 个。`,
    unclosed: (sign: string) => `这个“${sign}”没有配对的结束符号。`,
    unopened: "这个“)”没有对应的“(”。",
    equals: "“=”之前只能是一个名称，例如 h = w*x。",
    tooLarge: (number: string) => `${number} 太大，无法表示。`,
    deep: (most: number) => `嵌套超过了 ${most} 层。`,
    early: (name: string) => `${name} 在赋值之前就被使用了。`,
    twice: (name: string) => `${name} 已经有值了，请换一个名称。`,
    reserved: (name: string) => `${name} 是函数名，不能用来命名一个值。`,
    empty: "没有可计算的内容。",
  },
  noGraph: {
    layer: (name: string) => `这些公式只适用于全连接层组成的链状网络：${name}`,
    kind: (name: string) => `${name} 这种层没有逐个运算地展开。`,
    ends: (_name: string) => "只有单输入、单输出的网络才能逐个运算地展开。",
    activation: (name: string) => `激活函数 ${name} 没有逐个运算地展开。`,
    loss: (name: string) => `损失函数 ${name} 没有逐个运算地展开。`,
    size: (name: string) => `共有 ${name} 个运算，太多了，无法逐步演示；最多画 150 个。`,
  },
  unknownInput: (text: string, at: number, name: string, known: string) =>
    `“${text}”：没有叫 “${name}” 的输入（第 ${at + 1} 个字符）。可用的输入是 ${known}。`,
  notFinite: (text: string, at: string, value: string) =>
    `“${text}”在 ${at} 处${value === "NaN" ? "没有定义（NaN）" : `等于 ${value}`}，不能用来训练。上一次的训练保持不变。`,
  refused: (detail: string) => `这些设置不能放在一起：${ended(detail)}`,
  notWritten: (detail: string) => `这次训练无法写成这种形式：${ended(detail)}`,
  fileRefused: (detail: string) => `文件打不开：${ended(detail)}`,
  weightsAlone: "文件里只有权重，没有说明属于哪个训练设置",
  sentence: ended,
  inEnglish: (sentence: string) => `程序库的英文说明是 ${sentence}`,
  notStarted: "负责计算的部分没能启动，请重新载入页面。",
  notLoaded: "网络还在载入。",
  unknown: (detail: string) => `出了问题：${detail}`,
} satisfies typeof en;
