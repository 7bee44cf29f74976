// 术语：名称，以及回答“这是什么？”的一句话。

import { controlTerms } from "../control-terms/zh.ts";
import type { terms as en } from "../en/terms.ts";
import type { Term } from "../term.ts";

export const terms = {
  network: {
    name: "神经网络",
    says: "一层层的神经元：每个神经元把前一层的输出加权求和，加上偏置，再经过激活函数。",
    book: "Nielsen 第 1 章；NNDL 4.3",
  },
  netInput: {
    name: "净输入",
    says: "z：进入神经元的加权和再加偏置，还没有经过激活函数。",
    book: "NNDL 4.1",
  },
  activation: { name: "活性值", says: "a = f(z)：神经元交给下一层的值。", book: "NNDL 4.1" },
  errorTerm: {
    name: "误差项",
    says: "δ：损失对神经元净输入的偏导数，反向传播向后传递的就是它。",
    book: "Nielsen 第 2 章；NNDL 4.4",
  },
  weight: { name: "权值", says: "一个神经元对另一个的影响有多大；小于零就是反对。" },
  bias: { name: "偏置", says: "不论输入是什么，神经元都会加到加权和上的数。" },
  loss: {
    name: "损失",
    says: "输出与目标相差多少，用一个数表示；训练使它变小。",
    book: "Nielsen 第 1 章；NNDL 2.2",
  },
  accuracy: { name: "准确率", says: "类别判断正确的样本所占的比例。" },
  activationFunction: {
    name: "激活函数",
    says: "把净输入变成活性值的函数。没有它，多层就等于一层。",
    book: "Nielsen 第 1 章；NNDL 4.1",
  },
  slope: {
    name: "导数",
    says: "输入变一点，函数变多少；切线显示的就是它，反向传播要乘上它。",
    book: "NNDL 4.1、4.4",
  },
  softmax: {
    name: "Softmax 函数",
    says: "把几个净输入变成和为 1 的概率。",
    book: "Nielsen 第 3 章；NNDL 3.3",
  },
  gradient: {
    name: "梯度",
    says: "对所有参数的导数；它指向上坡，梯度下降朝相反的方向走。",
    book: "Nielsen 第 1 章；NNDL 2.2",
  },
  hessian: {
    name: "海森矩阵",
    says: "二阶导数组成的矩阵。它的特征值说明曲面怎样弯曲：有正有负就是非凸。",
    book: "NNDL 4.7",
  },
  lossSurface: {
    name: "损失曲面",
    says: "把损失画成两个权值上方的高度：训练就是沿着它往低处走。",
    book: "NNDL 4.7，图 4.9",
  },
  difference: {
    name: "数值微分",
    says: "用相距一小步的两个函数值求导数；不精确，而且每个参数都要算一遍。",
    book: "NNDL 4.5.1",
  },
  learningRate: { name: "学习率", says: "η：沿下降方向一步走多远。" },
  epoch: { name: "回合", says: "把全部训练样本用过一遍。" },
  minibatch: { name: "小批量", says: "用它们的平均梯度走一步的那些样本。" },
  decisionRegion: {
    name: "决策区域",
    says: "网络对平面上每一点的回答；颜色变化之处，就是它改变判断之处。",
  },
  timeline: { name: "时间轴", says: "训练过的每一步；可以回到其中任何一步，一位不差。" },
  computationGraph: {
    name: "计算图",
    says: "把公式画成运算以及在它们之间流动的值。",
    book: "NNDL 4.5",
  },
  autodiff: {
    name: "自动微分",
    says: "沿计算图用链式法则求导，除舍入外是精确的。",
    book: "NNDL 4.5",
  },
  chainRule: {
    name: "链式法则",
    says: "沿一条路径的导数是各个局部导数的乘积；路径汇合时，各条的乘积相加。",
    book: "NNDL 4.5",
  },
  reverseMode: {
    name: "前向模式与反向模式",
    says: "链式法则从输入往后算，每个输入要走一遍；或者从输出往回算，一遍就得到对所有输入的导数。",
    book: "NNDL 4.5",
  },
  jacobian: {
    name: "雅可比矩阵",
    says: "一组值对另一组值的全部偏导数：每个值一行，它所依赖的每个量一列。",
    book: "NNDL 4.4",
  },
  staticGraph: {
    name: "静态图与动态图",
    says: "静态图在运行之前就已确定，可以编译优化；动态图在程序运行时逐步记录下来。",
    book: "NNDL 4.5",
  },
  universalApproximation: {
    name: "通用近似定理",
    says: "只要一个隐藏层有足够多的神经元，就能以任意精度逼近任何连续函数。",
    book: "Nielsen 第 4 章；NNDL 4.3",
  },
  deadRelu: {
    name: "死亡 ReLU",
    says: "对每个样本都输出 0 的神经元，斜率处处为 0，再也学不到东西。",
    book: "NNDL 4.1",
  },
  vanishingGradient: {
    name: "梯度消失",
    says: "小于 1 的斜率逐层相乘，最前面的层几乎学不动。",
    book: "Nielsen 第 5 章；NNDL 4.6",
  },
  share: {
    name: "分享",
    says: "生成本页的链接，把训练导出为程序、权重、表格和图片，也能打开这些文件。",
  },
  hiddenSpace: {
    name: "隐藏空间",
    says: "两个隐藏神经元眼中的平面：一层把平面弄弯，下一层就能用一条直线把两类分开。",
    book: "NNDL 4.3",
  },
  confusionMatrix: {
    name: "混淆矩阵",
    says: "每一类（行）的样本各有多少被判为哪一类（列）。",
    book: "NNDL 2.7",
  },
  rSquared: {
    name: "R²（决定系数）",
    says: "1 减去平方误差与目标离散程度之比：1 为完美，0 表示不比取平均值好。",
  },
  saturation: {
    name: "饱和",
    says: "神经元的 |z| 太大，f′(z) 几乎为 0，它的权值几乎学不动。",
    book: "Nielsen 第 3 章；NNDL 4.1",
  },
  example: {
    name: "样本",
    says: "数据中的一行：输入与目标。z、a、δ 每次只跟踪一个样本。",
  },
  overlay: {
    name: "边上显示什么",
    says: "粗细表示大小，颜色与虚实表示正负：可以是权值、梯度、活性值，或某个样本的 x · w。",
  },
  stopCondition: {
    name: "停止条件",
    says: "播放自动停下的地方：到某个回合、某个损失或某个准确率。",
  },
  opStep: {
    name: "逐个运算",
    says: "一个样本走过网络的一个运算：先逐层算净输入和活性值，再算损失，然后反向算误差项和梯度。",
    book: "NNDL 算法 4.1",
  },
  play: { name: "播放", says: "按所选的速度继续训练。" },
  language: { name: "语言", says: "页面上的全部文字，中文或英文。" },
  notation: { name: "记号", says: "公式用谁的字母：Nielsen、NNDL 或 Mazur。" },
  preset: { name: "预设", says: "一整套可以从这里开始的设置：样本、网络和训练。" },
  dataSet: {
    name: "样本",
    says: "用来学习的东西：每个输入都带有它正确的类别或数值。",
    book: "NNDL 2.1",
  },
  noise: { name: "噪声", says: "随机把点或标签挪动多少：这是任何网络事先都无法知道的。" },
  seed: { name: "随机种子", says: "随机数从哪里开始：同样的种子在任何机器上都给出同样的数。" },
  split: {
    name: "训练集与测试集",
    says: "一部分用来学习，另一部分留着，看网络是学会了，还是只是记住了。",
    book: "Nielsen 第 3 章；NNDL 2.2",
  },
  features: {
    name: "特征",
    says: "由输入算出、交给网络的数：一个好的特征可以代替一个隐藏层。",
    book: "NNDL 2.1",
  },
  ownPoints: { name: "自己的点", says: "自己画的、输入的或从表格读入的点；网络马上就用它们学习。" },
  ownFormula: { name: "公式", says: "用 x1 和 x2 的表达式给出每个点的类别或数值。" },
  units: {
    name: "神经元",
    says: "把输入加权求和，加上偏置，再经过激活函数。一层里神经元越多，能弯出的形状越多。",
    book: "NNDL 4.1",
  },
  dropout: {
    name: "丢弃法",
    says: "训练的每一步里，每个神经元以这个概率被暂时去掉，于是谁也不能只依赖另一个。",
    book: "Nielsen 第 3 章；NNDL 7.7",
  },
  optimizer: {
    name: "优化算法",
    says: "怎样由梯度得到一步：照原样、带动量，或者为每个权值分别缩放。",
    book: "NNDL 7.2",
  },
  schedule: {
    name: "学习率调整",
    says: "学习率怎样随回合变化：开始大，走得快；最后小，停得稳。",
    book: "NNDL 7.2",
  },
  regularization: {
    name: "正则化",
    says: "对大权值的惩罚：网络因此偏爱小的权值，回答也更简单。",
    book: "Nielsen 第 3 章；NNDL 7.7",
  },
  initialization: {
    name: "初始化",
    says: "训练之前的权值：要彼此不同，大小要让信号和梯度都能传过去。",
    book: "Nielsen 第 3 章；NNDL 7.3",
  },
  race: { name: "比赛", says: "几种设置从同样的起点、在同样的样本上训练，不同的只有设置本身。" },
  prediction: { name: "预测", says: "运行之前你认为会怎样；锁定后不能再改，用来与结果对照。" },
  lessonGoal: {
    name: "一步的目标",
    says: "通过改动各个量要达到的结果；页面用程序算出的数来检查。",
  },
  lessonProgram: {
    name: "一课的程序",
    says: "算出本课全部数值的几行 TypeScript，以及运行时所用的值。",
  },
  lessonControls: {
    name: "可以改动的量",
    says: "程序的输入：可以键入，可以点按钮，也可以移动滑块。",
  },
  ...controlTerms,
} satisfies { readonly [K in keyof typeof en]: Term };
