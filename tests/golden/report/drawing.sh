# With Graphviz there is a diagram; without, a table alone; the rest is the same.
ask replay visit.flow visits.csv --fact worry=worry --report plain.html
if command -v dot >/dev/null; then
    "$program" replay visit.flow visits.csv --fact worry=worry --report drawn.html >text.out
    drawn=$(grep -c 'where the cases went</title>' drawn.html)
else
    drawn=1 # Graphviz is not here to draw it
fi
echo "drawn: $drawn"
