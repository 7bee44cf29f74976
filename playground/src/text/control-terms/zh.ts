// 各页与各种控件的名称，用来回答“这是什么？”；学科术语在 terms.ts。

import type { Term } from "../term.ts";
import type { controlTerms as en } from "./en.ts";

export const controlTerms = {
  pageStart: { name: "首页", says: "从这里开始：一个正在学习异或的网络，以及通往其他各页的入口。" },
  pageLessons: {
    name: "课程",
    says: "笔记的每个主题一课：先提问，再由你预测，最后用运行的结果来回答。",
  },
  pageNetwork: {
    name: "网络",
    says: "用自己的数据搭建自己的网络：训练它，看清它的内部，还可以回到过去。",
  },
  pageBackprop: {
    name: "反向传播",
    says: "把公式或网络画成运算的图，一个运算一个运算地向前算、向后传。",
  },
  pageCurves: {
    name: "曲线与曲面",
    says: "激活函数、损失函数和损失曲面；指到哪里，就给出哪里的值和斜率。",
  },
  pageMap: { name: "笔记地图", says: "笔记的每一节，以及对应的课程、页面或命令。" },
  theme: { name: "配色", says: "浅底深字，或深底浅字，也可以跟随设备。" },
  menu: { name: "菜单", says: "不常用的选项：记号、配色、分享。" },
  undo: {
    name: "撤销与重做",
    says: "撤回或重做上一次对设置的改动。训练所改变的权值，要在时间轴上找回。",
  },
  whatIsThis: { name: "这是什么？", says: "解释你接下来点到的东西，或者按 ? 键时选中的东西。" },
  restartSame: {
    name: "从同样的权值重新开始",
    says: "回到第 0 步，用这个随机种子给出的权值再训练一遍，结果一位不差。",
  },
  restartNew: {
    name: "从新的权值重新开始",
    says: "回到第 0 步，换下一个随机种子：权值不同，结局也可能不同。",
  },
  stepBack: { name: "后退一步", says: "退回上一步训练：权值恢复原样，一位不差。" },
  stepOn: { name: "前进一步", says: "训练一步；一步有多大，由旁边的选项决定。" },
  stepUnit: {
    name: "一步有多大",
    says: "一步走过多少：一个样本的一个运算、一个样本、一个小批量（更新一次），或者全部样本一遍。",
  },
  speed: { name: "速度", says: "播放的快慢：每秒多少步，每帧一个回合，或者全速。" },
  present: { name: "演示", says: "字更大，只留下适合投影的内容。" },
  diagnosis: {
    name: "诊断",
    says: "检查训练中有没有死亡的神经元、饱和、梯度消失或过大的学习率，并给出补救办法。",
  },
  hiddenLayer: {
    name: "隐藏层",
    says: "输入与输出之间的神经元；它们的输出，就是下一层学习的材料。",
    book: "NNDL 4.3",
  },
  shelf: {
    name: "训练记录",
    says: "你保存下来的训练，可以相互比较、重新打开，也可以让几种设置比赛。",
  },
  csvTable: { name: "表格（CSV）", says: "来自文件或剪贴板的样本：两列或更多列，其中一列是目标。" },
  shuffle: {
    name: "样本的顺序",
    says: "每个回合之前，是否按随机种子重新排列样本。",
    book: "NNDL 算法 4.1",
  },
  tableAlternative: { name: "表格", says: "图背后的数，供看不见图或想复制数据的人使用。" },
  mapPointer: {
    name: "指针",
    says: "图上的一个位置，旁边给出那里的值、梯度和海森矩阵；可以点按、拖动、用方向键，也可以键入。",
  },
  startPoint: {
    name: "起点",
    says: "梯度下降从哪里开始。起点不同，可能走进不同的山谷。",
    book: "NNDL 7.3",
  },
  descentPath: {
    name: "优化算法的路径",
    says: "优化算法一步一步走过的位置，由程序库算出。",
    book: "NNDL 7.2",
  },
  criticalPoint: {
    name: "驻点",
    says: "梯度为 0 的点：是极小值点、极大值点还是鞍点，要看海森矩阵的特征值。",
    book: "NNDL 7.1",
  },
  lessonSteps: { name: "课程的步骤", says: "每一步都是一个完整的状态：回到某一步，一切恢复原样。" },
  lessonLink: { name: "这一步的链接", says: "复制一个地址；打开它，就回到这一步和你所设的值。" },
  lessonResult: { name: "程序的结果", says: "对所设的值，本课程序给出的数和图。" },
  expression: {
    name: "表达式",
    says: "由名称和数组成的公式，例如 w*x + b；也可以是网络对一个样本的损失。",
  },
  expressionInputs: { name: "表达式的输入", says: "各个名称所代表的数：值和导数就在这里计算。" },
  walkBar: {
    name: "沿图行走",
    says: "每按一次走一个运算：先向前求值，再向后求导。翻页笔也可以。",
    book: "NNDL 4.5",
  },
} satisfies { readonly [K in keyof typeof en]: Term };
