# The same flow twice, and one that only looks otherwise: nothing differs, nothing flips.
tell replay cre.flow cre.csv --map cre.map --against cre.flow | grep -v '^First:\|^Second:'
{ sed 's/because CRE-15/because CRE-16/; s/  */ /g' cre.flow | sed -n '/^state/,$p'
  sed '/^state/,$d; s/^#.*/# another remark/' cre.flow; } >moved.flow
tell replay cre.flow cre.csv --map cre.map --against moved.flow | sed -n '/differently/,/^$/p; /come to another answer/p'
