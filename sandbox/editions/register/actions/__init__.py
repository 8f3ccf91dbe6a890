"""What lead providers ask of Register: gather, judge, save, one module for each resource."""
